package dev.mcpbridge.policy;

import reactor.core.publisher.Mono;

/**
 * Stands between a call the policy allows and the upstream.
 * <p>
 * Gates are asked one after the other, in the order of their beans; when one refuses,
 * those before it are released. A call the upstream is sent again with a renewed token is
 * another call to them.
 */
@FunctionalInterface
public interface CallGate {

	/**
	 * Admits a request, now or after a while, or refuses it.
	 * @param call what is asked for
	 * @return whether it may go on; an error fails the request. If nobody waits for it
	 * any more it is cancelled, and then must not hold anything back
	 */
	Mono<Admission> admit(CallOfTools call);

}
