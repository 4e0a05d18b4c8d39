package dev.mcpbridge.upstream;

import java.net.URI;
import java.util.function.Supplier;

import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Token;
import dev.mcpbridge.secret.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Gives tokens back to the upstream that issued them, where it takes them.
 * <p>
 * Every end is a {@link RevocationAnswer}, none is an error; each subscription sends
 * once. Nothing takes longer than finding the server and one answer of it may.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009#section-2.1">RFC 7009, section
 * 2.1</a>
 */
public final class UpstreamRevocation {

	private static final Logger logger = LoggerFactory.getLogger(UpstreamRevocation.class);

	private final UpstreamHttp http;

	private final UpstreamDiscovery discovery;

	/**
	 * Creates the revocation of one upstream.
	 * @param http the transport
	 * @param discovery tells where tokens are given back
	 */
	public UpstreamRevocation(UpstreamHttp http, UpstreamDiscovery discovery) {
		this.http = http;
		this.discovery = discovery;
	}

	/**
	 * Gives a refresh token back, and with it what was issued for it.
	 * @param client the client it was issued to
	 * @param refreshToken the refresh token
	 * @return what the upstream said
	 */
	public Mono<RevocationAnswer> refreshToken(UpstreamClient client, Secret refreshToken) {
		return revoke(client, () -> new RefreshToken(refreshToken.reveal()));
	}

	/**
	 * Gives an access token back.
	 * @param client the client it was issued to
	 * @param accessToken the access token
	 * @return what the upstream said
	 */
	public Mono<RevocationAnswer> accessToken(UpstreamClient client, Secret accessToken) {
		return revoke(client, () -> new BearerAccessToken(accessToken.reveal()));
	}

	private Mono<RevocationAnswer> revoke(UpstreamClient client, Supplier<Token> token) {
		return this.discovery.server()
			.filter((server) -> server.issuer().equals(client.issuer()))
			.mapNotNull(UpstreamServer::revocationEndpoint)
			.flatMap((endpoint) -> give(endpoint, client, token.get()))
			.defaultIfEmpty(new RevocationAnswer.NotOffered())
			.onErrorResume(UpstreamRevocation::unavailable);
	}

	private Mono<RevocationAnswer> give(URI endpoint, UpstreamClient client, Token token) {
		Mono<RevocationAnswer> answer = this.http.send(request(endpoint, client, token)).map(UpstreamRevocation::read);
		return this.http.calls().timed(UpstreamListener.Operation.REVOCATION, answer, TimedCalls::outcomeOf);
	}

	private static RevocationAnswer read(HttpAnswer answer) {
		Outage outage = answer.outage();
		if (outage != null) {
			return new RevocationAnswer.Unavailable(outage);
		}
		HttpAnswer.OAuthError error = answer.error();
		if (error == null) {
			return (answer.isSuccess() && !answer.isPage()) ? new RevocationAnswer.Accepted()
					: new RevocationAnswer.Unavailable(Outage.UNREADABLE);
		}
		return error.isServerError() ? new RevocationAnswer.Unavailable(Outage.SERVER_ERROR)
				: new RevocationAnswer.Refused(error.code(), error.status());
	}

	private static Mono<RevocationAnswer> unavailable(Throwable failure) {
		if (failure instanceof UpstreamException.Unavailable known) {
			return Mono.just(new RevocationAnswer.Unavailable(known.outage()));
		}
		logger.warn("upstream_revocation=failed reason={}", failure.getClass().getName());
		return Mono.just(new RevocationAnswer.Unavailable(Outage.UNREADABLE));
	}

	private static HTTPRequest request(URI endpoint, UpstreamClient client, Token token) {
		ClientAuthentication proof = ClientProof.of(client);
		TokenRevocationRequest request = (proof != null) ? new TokenRevocationRequest(endpoint, proof, token)
				: new TokenRevocationRequest(endpoint, new ClientID(client.clientId()), token);
		return request.toHTTPRequest();
	}

}
