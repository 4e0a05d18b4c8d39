package dev.mcpbridge.refresh;

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
 * Gives the tokens of a grant that ended back to the upstream. It is tried once, since
 * whoever ends a grant must not depend on somebody else's service.
 */
final class GivingBack {

	private static final Log log = LogFactory.getLog(GivingBack.class);

	private final UpstreamRevocation upstream;

	GivingBack(UpstreamRevocation upstream) {
		this.upstream = upstream;
	}

	/**
	 * Gives tokens back.
	 * @param client the client they were issued to
	 * @param tokens the tokens
	 * @return when the upstream was told; never an error
	 */
	Mono<Void> of(UpstreamClient client, UpstreamTokens tokens) {
		return tell(client, tokens).doOnNext(GivingBack::report).then();
	}

	/** An upstream ends the access tokens with their refresh token, if it takes that. */
	private Mono<RevocationAnswer> tell(UpstreamClient client, UpstreamTokens tokens) {
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
