package dev.mcpbridge.refresh;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.refresh.RefreshOutcome.Kept;
import dev.mcpbridge.refresh.RefreshOutcome.Revoked;
import dev.mcpbridge.refresh.RefreshOutcome.Unreachable;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.Lease;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

/**
 * Lets one replica at a time refresh a grant: lease, read again, note the intent, redeem,
 * release.
 * <p>
 * Whoever does not get the lease looks again and again, and takes what the other one
 * stored. The lease of a replica that died runs out; it is longer than the upstream may
 * take to answer.
 */
public final class RefreshTurns {

	private static final Log log = LogFactory.getLog(RefreshTurns.class);

	/** How often one who waits looks again. */
	private static final Duration LOOK = Duration.ofMillis(100);

	/** What a lease is longer than the upstream's answer may take. */
	private static final Duration MARGIN = Duration.ofSeconds(5);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

	private final BridgeStore store;

	private final Grants grants;

	private final RefreshJournal journal;

	private final Redemption redemption;

	private final Duration leaseTime;

	private final InstantSource clock;

	private final RefreshListener listener;

	/**
	 * Makes the turns.
	 * @param store where leases are taken; it answers or fails in bounded time
	 * @param grants where grants are read again
	 * @param redemption what a turn is for
	 * @param clock tells what still serves
	 * @param listener hears how long a turn was waited for
	 */
	public RefreshTurns(BridgeStore store, Grants grants, Redemption redemption, InstantSource clock,
			RefreshListener listener) {
		this.store = store;
		this.grants = grants;
		this.journal = new RefreshJournal(store);
		this.redemption = redemption;
		this.leaseTime = redemption.deadline().plus(MARGIN);
		this.clock = clock;
		this.listener = listener;
	}

	/**
	 * Returns how long it takes at most until a refresh was tried, even if a replica died
	 * in its turn.
	 */
	Duration patience() {
		return this.leaseTime.plus(this.leaseTime);
	}

	/**
	 * Refreshes a grant, or takes what another replica made of it.
	 * @param known the grant whose tokens no longer serve
	 * @return the outcome; an error if the store fails
	 */
	Mono<RefreshOutcome> refresh(Grant known) {
		return Mono.defer(() -> {
			long began = System.nanoTime();
			return attempt(known, began).repeatWhenEmpty((times) -> times.delayElements(LOOK).take(looks()))
				.defaultIfEmpty(new Unreachable(RETRY_AFTER));
		});
	}

	private long looks() {
		return patience().dividedBy(LOOK);
	}

	/** Empty while somebody else is at it. */
	private Mono<RefreshOutcome> attempt(Grant known, long began) {
		return Mono.defer(() -> this.store.lease(key(known), this.leaseTime))
			.flatMap((lease) -> Mono.usingWhen(Mono.just(lease), (held) -> turn(known, held, began), this::release))
			.switchIfEmpty(Mono.defer(() -> another(known, began)));
	}

	private Mono<RefreshOutcome> another(Grant known, long began) {
		return this.grants.find(known.id()).filter((found) -> serves(found, known)).map((found) -> {
			leased(began);
			return asFound(found);
		});
	}

	private Mono<RefreshOutcome> turn(Grant known, Lease lease, long began) {
		leased(began);
		return this.grants.find(known.id())
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((found) -> found.map((grant) -> turn(grant, known, lease))
				.orElseGet(() -> Mono.just(new Revoked("unknown"))));
	}

	private Mono<RefreshOutcome> turn(Grant found, Grant known, Lease lease) {
		if (serves(found, known)) {
			return Mono.just(asFound(found));
		}
		return this.journal.begin(found, lease)
			.doOnNext(this::recovering)
			.flatMap((reopened) -> this.redemption.redeem(found))
			.flatMap((outcome) -> this.journal.end(found).onErrorComplete().thenReturn(outcome));
	}

	private void recovering(boolean reopened) {
		if (reopened) {
			log.info("refresh begins again reason=the one before never ended");
			this.listener.recovered();
		}
	}

	/** Whether somebody else renewed the tokens, or ended the grant. */
	private boolean serves(Grant found, Grant known) {
		if (found.hasEnded()) {
			return true;
		}
		return !found.hasTokensOf(known) && Freshness.of(found, this.clock.instant(), Duration.ZERO) != Freshness.STALE;
	}

	private static RefreshOutcome asFound(Grant grant) {
		return grant.hasEnded() ? new Revoked("ended") : new Kept(grant);
	}

	private void leased(long began) {
		this.listener.leased(Duration.ofNanos(System.nanoTime() - began));
	}

	/** A lease that cannot be given back runs out. */
	private Mono<Void> release(Lease lease) {
		return this.store.release(lease)
			.doOnError((failure) -> log.warn("lease not given back reason=" + failure.getClass().getSimpleName()))
			.onErrorComplete();
	}

	private static String key(Grant grant) {
		return "grant:" + grant.id();
	}

}
