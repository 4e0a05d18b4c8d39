package dev.mcpbridge.upstream;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.UpstreamListener.Operation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Redeems codes and refresh tokens where they were issued, in form bodies.
 * <p>
 * Every end is a {@link TokenAnswer}, none is an error; each subscription sends once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.2">RFC 6749, section
 * 3.2</a>
 */
public final class UpstreamTokenEndpoint implements TokenRefresher {

	private static final Logger logger = LoggerFactory.getLogger(UpstreamTokenEndpoint.class);

	private final UpstreamHttp http;

	private final UpstreamSettings settings;

	private final InstantSource clock;

	private final TokenAnswerReader reader;

	/**
	 * Creates the token endpoint of one upstream.
	 * @param http the transport
	 * @param settings the upstream
	 * @param clock the time
	 */
	public UpstreamTokenEndpoint(UpstreamHttp http, UpstreamSettings settings, InstantSource clock) {
		this.http = http;
		this.settings = settings;
		this.clock = clock;
		this.reader = new TokenAnswerReader(settings.limits().tokenLifetime());
	}

	/**
	 * Redeems the code of a callback.
	 * @param client the client that asked for it
	 * @param code the code
	 * @param verifier the verifier whose challenge was sent with the request
	 * @return what the token endpoint said
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3">RFC 6749,
	 * section 4.1.3</a>
	 */
	public Mono<TokenAnswer> exchange(UpstreamClient client, Secret code, CodeVerifier verifier) {
		return redeem(Operation.AUTHORIZATION_CODE, client,
				() -> new AuthorizationCodeGrant(new AuthorizationCode(code.reveal()), this.settings.callback(),
						verifier));
	}

	@Override
	public Mono<TokenAnswer> refresh(UpstreamClient client, Secret refreshToken) {
		return redeem(Operation.REFRESH, client, () -> new RefreshTokenGrant(new RefreshToken(refreshToken.reveal())));
	}

	@Override
	public Duration deadline() {
		return this.settings.limits().answer();
	}

	private Mono<TokenAnswer> redeem(Operation operation, UpstreamClient client, Supplier<AuthorizationGrant> grant) {
		Mono<TokenAnswer> answer = Mono.defer(() -> send(client, grant.get()))
			.onErrorResume(UpstreamTokenEndpoint::unavailable);
		return this.http.calls().timed(operation, answer, TimedCalls::outcomeOf);
	}

	private Mono<TokenAnswer> send(UpstreamClient client, AuthorizationGrant grant) {
		Instant asked = this.clock.instant();
		return this.http.send(request(client, grant))
			.map((answer) -> this.reader.read(answer, asked, this.clock.instant()));
	}

	private static Mono<TokenAnswer> unavailable(Throwable failure) {
		if (failure instanceof UpstreamException.Unavailable known) {
			return Mono.just(new TokenAnswer.Unavailable(known.outage(), known.retryAfter()));
		}
		logger.warn("upstream_token=failed reason={}", failure.getClass().getName());
		return Mono.just(new TokenAnswer.Unavailable(Outage.UNREADABLE, null));
	}

	private static HTTPRequest request(UpstreamClient client, AuthorizationGrant grant) {
		URI endpoint = client.tokenEndpoint();
		ClientAuthentication proof = ClientProof.of(client);
		TokenRequest.Builder request = (proof != null) ? new TokenRequest.Builder(endpoint, proof, grant)
				: new TokenRequest.Builder(endpoint, new ClientID(client.clientId()), grant);
		URI resource = client.resource();
		return ((resource != null) ? request.resource(resource) : request).build().toHTTPRequest();
	}

}
