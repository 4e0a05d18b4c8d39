package dev.mcpbridge.refresh;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.refresh.RefreshOutcome.Unreachable;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

/**
 * One refresh at a time for each grant, shared by all who wait for it.
 * <p>
 * A flight belongs to us: it goes on when whoever began it leaves, since a refresh that
 * is cut off after the upstream rotated is a lost login. After one that failed, the
 * upstream is left alone for a moment.
 */
public final class Refreshes {

	private static final Log log = LogFactory.getLog(Refreshes.class);

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private static final int MAX_PAUSES = 100_000;

	private final Redemption redemption;

	private final Duration bound;

	private final ConcurrentMap<String, Mono<RefreshOutcome>> flights = new ConcurrentHashMap<>();

	private final Cache<String, Unreachable> pauses;

	/**
	 * Makes the flights of one process.
	 * @param redemption what a flight does
	 * @param bound how long a flight may take, longer than the upstream's timeout
	 * @param clock tells when the upstream may be asked again
	 */
	public Refreshes(Redemption redemption, Duration bound, InstantSource clock) {
		this.redemption = redemption;
		this.bound = bound;
		this.pauses = Caffeine.newBuilder()
			.maximumSize(MAX_PAUSES)
			.ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
			.expireAfter(Expiry.writing((String id, Unreachable outcome) -> outcome.retryAfter()))
			.build();
	}

	/**
	 * Joins the grant's refresh, or begins one.
	 * @param grant the grant
	 * @return the outcome; never an error
	 */
	Mono<RefreshOutcome> flight(Grant grant) {
		return Mono.defer(() -> {
			RefreshOutcome paused = this.pauses.getIfPresent(grant.id());
			return (paused != null) ? Mono.just(paused) : join(grant);
		});
	}

	/**
	 * Begins the grant's refresh, unless one is in flight, and waits for nothing.
	 * @param grant the grant
	 */
	void launch(Grant grant) {
		flight(grant).subscribe();
	}

	private Mono<RefreshOutcome> join(Grant grant) {
		String id = grant.id();
		Mono<RefreshOutcome> mine = Mono.defer(() -> this.redemption.redeem(grant))
			.timeout(this.bound)
			.onErrorResume((failure) -> unreachable(failure))
			.defaultIfEmpty(new Unreachable(PAUSE))
			.doOnNext((outcome) -> land(id, outcome))
			.cache();
		Mono<RefreshOutcome> before = this.flights.putIfAbsent(id, mine);
		if (before != null) {
			return before;
		}
		mine.subscribe();
		return mine;
	}

	/**
	 * Before anybody hears of the outcome, so that nobody joins a flight that is over.
	 */
	private void land(String id, RefreshOutcome outcome) {
		if (outcome instanceof Unreachable unreachable) {
			this.pauses.put(id, unreachable);
		}
		this.flights.remove(id);
	}

	private static Mono<RefreshOutcome> unreachable(Throwable failure) {
		log.warn("refresh failed reason=" + failure.getClass().getSimpleName());
		return Mono.just(new Unreachable(PAUSE));
	}

}
