package dev.mcpbridge.refresh;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.GrantListener;
import dev.mcpbridge.grant.GrantListener.RevokedBy;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.upstream.UpstreamRevocation;
import dev.mcpbridge.upstream.UpstreamTokens;
import reactor.core.publisher.Mono;

/**
 * Ends grants on purpose, here and at the upstream.
 * <p>
 * Here it is certain: once it is stored, no replica hands the upstream token on. At the
 * upstream it is tried once, since whoever ends a grant must not depend on somebody
 * else's service.
 */
public final class GrantRevocation {

	private final Grants grants;

	private final GivingBack givingBack;

	private final GrantListener listener;

	/**
	 * Makes the revocation.
	 * @param grants where grants are kept
	 * @param upstream where upstream tokens are given back
	 * @param listener hears who ended a grant
	 */
	public GrantRevocation(Grants grants, UpstreamRevocation upstream, GrantListener listener) {
		this.grants = grants;
		this.givingBack = new GivingBack(upstream);
		this.listener = listener;
	}

	/**
	 * Ends a grant: nothing issued for it works any more.
	 * @param grantId the grant's id
	 * @param by who ends it
	 * @return whether it was ended now; {@code false} if there is no such grant or it had
	 * ended before. An error only if the store does not answer
	 */
	public Mono<Boolean> revoke(String grantId, RevokedBy by) {
		return this.grants.find(grantId)
			.filter((grant) -> !grant.hasEnded())
			.flatMap((grant) -> revoke(grant, by))
			.defaultIfEmpty(false);
	}

	/** A rotation that comes first brings tokens to be given back instead. */
	private Mono<Boolean> revoke(Grant grant, RevokedBy by) {
		return this.grants.end(grant)
			.doOnNext((ended) -> this.listener.revoked(by))
			.flatMap((ended) -> giveBack(grant).thenReturn(true))
			.switchIfEmpty(Mono.defer(() -> revoke(grant.id(), by)));
	}

	private Mono<Void> giveBack(Grant grant) {
		UpstreamTokens tokens = grant.tokens();
		return (tokens != null) ? this.givingBack.of(grant.upstreamClient(), tokens) : Mono.empty();
	}

}
