package dev.mcpbridge.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import dev.mcpbridge.store.BridgeStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Tells whether the store answers, shortly.
 * <p>
 * Until it has answered once, a gateway without it is not to get requests. Later it is
 * only degraded for a while: fresh tokens still serve, and if all replicas left at once
 * nothing would.
 */
final class StoreHealth implements ReactiveHealthIndicator {

	/** Weighs nothing: neither down nor out of service, whatever it is added to. */
	static final Status DEGRADED = new Status("DEGRADED", "The store does not answer; fresh tokens still serve");

	/** Shorter than probes wait. */
	private static final Duration PATIENCE = Duration.ofMillis(500);

	/** A key of a kind nobody writes. */
	private static final String KEY = "health:probe";

	private final @Nullable BridgeStore store;

	private final Duration grace;

	private final InstantSource clock;

	private volatile @Nullable Instant answered;

	/**
	 * Begins without knowing anything.
	 * @param store the store, or {@code null} where there is none
	 * @param grace how long a store that has answered may be away
	 * @param clock the time
	 */
	StoreHealth(@Nullable BridgeStore store, Duration grace, InstantSource clock) {
		this.store = store;
		this.grace = grace;
		this.clock = clock;
	}

	@Override
	public Mono<Health> health() {
		BridgeStore asked = this.store;
		if (asked == null) {
			return Mono.just(Health.up().withDetail("store", "none").build());
		}
		return Mono.defer(() -> asked.find(KEY))
			.timeout(PATIENCE)
			.then(Mono.fromSupplier(this::answers))
			.onErrorResume((failure) -> Mono.fromSupplier(() -> isAway(failure)));
	}

	private Health answers() {
		this.answered = this.clock.instant();
		return Health.up().build();
	}

	private Health isAway(Throwable failure) {
		Instant last = this.answered;
		boolean graced = last != null && this.clock.instant().isBefore(last.plus(this.grace));
		Health.Builder health = Health.status(graced ? DEGRADED : Status.OUT_OF_SERVICE)
			.withDetail("reason", failure.getClass().getSimpleName());
		return (last != null) ? health.withDetail("answered", last.toString()).build() : health.build();
	}

}
