package dev.mcpbridge.refresh;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.RevocationAnswer;
import dev.mcpbridge.upstream.RevocationAnswer.Accepted;
import dev.mcpbridge.upstream.RevocationAnswer.NotOffered;
import dev.mcpbridge.upstream.RevocationAnswer.Refused;
import dev.mcpbridge.upstream.UpstreamClient;
import dev.mcpbridge.upstream.UpstreamRevocation;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

/**
 * Ends grants on purpose, here and at the upstream.
 * <p>
 * Here it is certain: once it is stored, no replica hands the upstream token on. At the
 * upstream it is tried once, since whoever ends a grant must not depend on somebody
 * else's service.
 */
public final class GrantRevocation {

	private static final Log log = LogFactory.getLog(GrantRevocation.class);

	private final Grants grants;

	private final UpstreamRevocation upstream;

	/**
	 * Makes the revocation.
	 * @param grants where grants are kept
	 * @param upstream where upstream tokens are given back
	 */
	public GrantRevocation(Grants grants, UpstreamRevocation upstream) {
		this.grants = grants;
		this.upstream = upstream;
	}

	/**
	 * Ends a grant: nothing issued for it works any more.
	 * @param grantId the grant's id
	 * @return whether it was ended now; {@code false} if there is no such grant or it had
	 * ended before. An error only if the store does not answer
	 */
	public Mono<Boolean> revoke(String grantId) {
		return this.grants.find(grantId)
			.filter((grant) -> !grant.hasEnded())
			.flatMap((grant) -> revoke(grant))
			.defaultIfEmpty(false);
	}

	/** A rotation that comes first brings tokens to be given back instead. */
	private Mono<Boolean> revoke(Grant grant) {
		return this.grants.end(grant)
			.flatMap((ended) -> giveBack(grant).thenReturn(true))
			.switchIfEmpty(Mono.defer(() -> revoke(grant.id())));
	}

	private Mono<Void> giveBack(Grant grant) {
		UpstreamTokens tokens = grant.tokens();
		if (tokens == null) {
			return Mono.empty();
		}
		return giveBack(grant.upstreamClient(), tokens).doOnNext(GrantRevocation::report).then();
	}

	/** An upstream ends the access tokens with their refresh token, if it takes that. */
	private Mono<RevocationAnswer> giveBack(UpstreamClient client, UpstreamTokens tokens) {
		Mono<RevocationAnswer> accessToken = Mono.defer(() -> this.upstream.accessToken(client, tokens.accessToken()));
		Secret refreshToken = tokens.refreshToken();
		return (refreshToken == null) ? accessToken : this.upstream.refreshToken(client, refreshToken)
			.flatMap((answer) -> (answer instanceof Refused) ? accessToken : Mono.just(answer));
	}

	private static void report(RevocationAnswer answer) {
		if (!(answer instanceof Accepted) && !(answer instanceof NotOffered)) {
			log.info("grant ended, upstream tokens live on reason=" + answer);
		}
	}

}
