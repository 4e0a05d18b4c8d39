package dev.mcpbridge.authorization;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import dev.mcpbridge.authorization.AuthorizationReading.Accepted;
import dev.mcpbridge.authorization.AuthorizationReading.Faulty;
import dev.mcpbridge.authorization.AuthorizationReading.Unproven;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.RegisteredRedirectUri;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads authorization requests.
 * <p>
 * An error goes to the client only after its redirect URI was proven; before that, the
 * person sees it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1">RFC 6749, section
 * 4.1.2.1</a>
 */
final class AuthorizationRequests {

	private static final Pattern S256 = Pattern.compile("[\\w-]{43}");

	private final ClientRegistrations clients;

	private final ResourceRule resources;

	AuthorizationRequests(ClientRegistrations clients, ResourceRule resources) {
		this.clients = clients;
		this.resources = resources;
	}

	Mono<AuthorizationReading> read(Map<String, List<String>> parameters, ScopePolicy scopes) {
		List<String> repeated = parameters.entrySet()
			.stream()
			.filter((parameter) -> parameter.getValue().size() > 1 && !parameter.getKey().equals("resource"))
			.map(Map.Entry::getKey)
			.toList();
		if (repeated.contains("client_id") || repeated.contains("redirect_uri")) {
			return Mono
				.just(new Unproven(OAuthError.invalidRequest("client_id and redirect_uri must not be repeated")));
		}
		return Mono.justOrEmpty(first(parameters, "client_id"))
			.flatMap((clientId) -> this.clients.find(clientId)
				.map((client) -> prove(clientId, client, parameters)
					.map((proven) -> repeated.isEmpty() ? readProven(proven, parameters, scopes)
							: new Faulty(proven, OAuthError.invalidRequest("a parameter is repeated")))
					.orElseGet(() -> new Unproven(
							OAuthError.invalidRequest("the redirect URI is not one the application registered")))))
			.defaultIfEmpty(new Unproven(OAuthError.invalidClient("the application is not registered here")));
	}

	private static Optional<ProvenClient> prove(String clientId, RegisteredClient client,
			Map<String, List<String>> parameters) {
		return RegisteredRedirectUri.match(first(parameters, "redirect_uri"), client.redirectUris())
			.map((uri) -> new ProvenClient(clientId, client, uri, first(parameters, "state")));
	}

	private AuthorizationReading readProven(ProvenClient proven, Map<String, List<String>> parameters,
			ScopePolicy scopes) {
		try {
			AuthorizationRequest request = AuthorizationRequest.parse(parameters);
			OAuthError flaw = flawOf(request);
			return (flaw != null) ? new Faulty(proven, flaw) : accept(proven, request, scopes);
		}
		catch (ParseException ex) {
			return new Faulty(proven, ErrorObjects.toOAuthError(ex));
		}
		catch (IllegalArgumentException ex) {
			return new Faulty(proven, ErrorObjects.UNSPEAKABLE);
		}
	}

	private @Nullable OAuthError flawOf(AuthorizationRequest request) {
		if (request.getRequestObject() != null) {
			return new OAuthError("request_not_supported", "request objects are not supported", 400);
		}
		if (request.getRequestURI() != null) {
			return new OAuthError("request_uri_not_supported", "request objects are not supported", 400);
		}
		if (!ResponseType.CODE.equals(request.getResponseType())) {
			return new OAuthError("unsupported_response_type", "response_type must be code", 400);
		}
		if (request.getResponseMode() != null && !ResponseMode.QUERY.equals(request.getResponseMode())) {
			return OAuthError.invalidRequest("response_mode must be query");
		}
		if (request.getCodeChallenge() == null || !CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod())) {
			return OAuthError.invalidRequest("PKCE is required: code_challenge with code_challenge_method S256");
		}
		if (!S256.matcher(request.getCodeChallenge().getValue()).matches()) {
			return OAuthError.invalidRequest("an S256 code_challenge has 43 characters of base64url");
		}
		return this.resources.flawOf(request.getResources());
	}

	private AuthorizationReading accept(ProvenClient proven, AuthorizationRequest request, ScopePolicy scopes) {
		RequestedAuthorization requested = new RequestedAuthorization(proven.clientId(),
				proven.redirectUri().toString(), proven.state(), request.getCodeChallenge().getValue(),
				scopes.choose(request.getScope()), this.resources.chosen(request.getResources()));
		return requested.isTooLong() ? new Faulty(proven, OAuthError.invalidRequest("the request is too long"))
				: new Accepted(proven, requested);
	}

	private static @Nullable String first(Map<String, List<String>> parameters, String name) {
		List<String> values = parameters.get(name);
		return (values == null || values.isEmpty()) ? null : values.get(0);
	}

}
