package dev.mcpbridge.refresh;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.refresh.RefreshOutcome.Rotated;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Stores rotated tokens, even if the store is away for a while: what the upstream rotated
 * and nobody stored may be a lost login.
 */
final class Rotations {

	private static final Log log = LogFactory.getLog(Rotations.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

	/** Longer than a store fails over or is restarted. */
	private static final Duration HOLD = Duration.ofMinutes(10);

	private final Grants grants;

	private final RefreshListener listener;

	Rotations(Grants grants, RefreshListener listener) {
		this.grants = grants;
		this.listener = listener;
	}

	/**
	 * Stores rotated tokens, and holds them until they are stored.
	 * @param grant the grant they were rotated from
	 * @param tokens the new tokens
	 * @return the outcome; empty if another writer came first, an error if the store
	 * stayed away too long
	 */
	Mono<RefreshOutcome> store(Grant grant, UpstreamTokens tokens) {
		return Mono.defer(() -> {
			AtomicBoolean held = new AtomicBoolean();
			return this.grants.rotate(grant, tokens)
				.doOnError((failure) -> hold(held, failure))
				.retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE).maxBackoff(LONGEST_PAUSE))
				.timeout(HOLD)
				.<RefreshOutcome>map(Rotated::new)
				.doOnSuccess((outcome) -> letGo(held, true))
				.doOnError((failure) -> letGo(held, false));
		});
	}

	private void hold(AtomicBoolean held, Throwable failure) {
		if (held.compareAndSet(false, true)) {
			log.warn("rotation held in memory reason=store failed: " + failure.getClass().getSimpleName());
			this.listener.held();
		}
	}

	private void letGo(AtomicBoolean held, boolean stored) {
		if (held.get()) {
			log.warn("rotation no longer held stored=" + stored);
			this.listener.letGo(stored);
		}
	}

}
