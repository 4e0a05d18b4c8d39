package dev.mcpbridge.refresh;

import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Goes along with every refresh, from its begin to its end. Unlike a
 * {@link RefreshListener} it knows which begin and which end are of one refresh, and who
 * asked for it.
 */
@FunctionalInterface
public interface RefreshWatch {

	/** Watches nothing. */
	RefreshWatch NONE = (trigger, asking, refresh) -> refresh;

	/**
	 * Stands around a refresh that is about to begin.
	 * @param trigger why it is begun
	 * @param asking the Reactor context of the request that begins it, which may be over
	 * before the refresh is; empty if nobody asked. Those who join later are not told
	 * @param refresh the refresh, to be subscribed to once; never an error
	 * @return the same refresh
	 */
	Mono<RefreshOutcome> watch(RefreshTrigger trigger, ContextView asking, Mono<RefreshOutcome> refresh);

}
