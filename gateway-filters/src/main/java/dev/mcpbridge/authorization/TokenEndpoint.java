package dev.mcpbridge.authorization;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.OAuthErrorException;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Where clients get bridge tokens for codes and refresh tokens.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.2">RFC 6749, section
 * 3.2</a>
 */
final class TokenEndpoint {

	private static final Set<String> GRANT_TYPES = Set.of("authorization_code", "refresh_token");

	private final ClientAuthenticator authenticator;

	private final CodeRedemption codes;

	private final RefreshRedemption refreshes;

	private final TokenEndpointListener listener;

	private final InstantSource clock;

	TokenEndpoint(ClientAuthenticator authenticator, CodeRedemption codes, RefreshRedemption refreshes,
			TokenEndpointListener listener, InstantSource clock) {
		this.authenticator = authenticator;
		this.codes = codes;
		this.refreshes = refreshes;
		this.listener = listener;
		this.clock = clock;
	}

	Mono<ServerResponse> handle(ServerRequest request) {
		return RequestBody.form(request)
			.map((form) -> parse(request, form))
			.flatMap(this::redeem)
			.flatMap((answer) -> Answers.json(HttpStatus.OK, answer.members(this.clock.instant())));
	}

	private Mono<TokenResponse> redeem(TokenRequest request) {
		return this.authenticator.authenticate(request.getClientAuthentication(), request.getClientID())
			.flatMap((clientId) -> redeem(clientId, request)
				.delayUntil((answer) -> this.authenticator.remember(clientId)));
	}

	private Mono<TokenResponse> redeem(String clientId, TokenRequest request) {
		AuthorizationGrant grant = request.getAuthorizationGrant();
		Mono<TokenResponse> answer = (grant instanceof AuthorizationCodeGrant code)
				? this.codes.redeem(clientId, code, request.getResources())
				: this.refreshes.redeem(clientId, (RefreshTokenGrant) grant, request.getResources());
		return answer.doOnNext((tokens) -> this.listener.issued(grant.getType().getValue()));
	}

	/**
	 * The grant type is judged first: a client that asks for another one would otherwise
	 * be told that it is not known, and register again.
	 */
	private static TokenRequest parse(ServerRequest request, Map<String, List<String>> form) {
		if (!GRANT_TYPES.containsAll(form.getOrDefault("grant_type", List.of()))) {
			throw new OAuthErrorException(new OAuthError("unsupported_grant_type",
					"grant_type must be authorization_code or refresh_token", 400));
		}
		try {
			HTTPRequest message = RequestBody.message(request, form);
			TokenRequest parsed = TokenRequest.parse(message);
			SentProof.of(message);
			return parsed;
		}
		catch (ParseException ex) {
			throw new OAuthErrorException(ErrorObjects.toOAuthError(ex));
		}
		catch (IllegalArgumentException ex) {
			throw new OAuthErrorException(ErrorObjects.UNSPEAKABLE);
		}
	}

}
