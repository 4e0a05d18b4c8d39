package dev.mcpbridge.authorization;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.OAuthErrorException;
import dev.mcpbridge.oauth.RegisteredRedirectUri;
import dev.mcpbridge.secret.RandomTexts;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Registers clients dynamically, without keeping anything about them.
 * <p>
 * Refuses bodies over 64 KiB, redirect URIs that could leak a code, and more metadata
 * than fits a {@code client_id}. Metadata we do not use is ignored.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-3">RFC 7591, section 3</a>
 */
final class RegistrationEndpoint {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final Set<String> AUTH_METHODS = Set.of(RegisteredClient.NONE, "client_secret_basic",
			"client_secret_post");

	private static final int MAX_NAME = 100;

	private static final int MAX_REDIRECT_URIS = 20;

	/**
	 * A longer identifier with its redirect URI would not leave room for a {@code state}
	 * in what {@link RequestedAuthorization#MAX_LENGTH} allows.
	 */
	private static final int MAX_CLIENT_ID_AND_REDIRECT_URI = 1500;

	private final ClientRegistrations clients;

	private final RandomTexts random;

	private final InstantSource clock;

	RegistrationEndpoint(ClientRegistrations clients, RandomTexts random, InstantSource clock) {
		this.clients = clients;
		this.random = random;
		this.clock = clock;
	}

	Mono<ServerResponse> register(ServerRequest request) {
		return RequestBody.json(request)
			.onErrorMap(OAuthErrorException.class, (ex) -> invalid(ex.error().description()))
			.map(RegistrationEndpoint::parse)
			.map(this::register)
			.flatMap((answer) -> Answers.json(HttpStatus.CREATED, answer));
	}

	private Map<String, Object> register(Metadata metadata) {
		RegisteredClient client = client(metadata);
		String clientId = this.clients.register(client);
		int longest = client.redirectUris().stream().mapToInt(String::length).max().orElse(0);
		if (clientId.length() + longest > MAX_CLIENT_ID_AND_REDIRECT_URI) {
			throw invalid("the redirect URIs are too many or too long");
		}
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("client_id", clientId);
		answer.put("client_id_issued_at", client.issuedAt());
		if (client.secret() != null) {
			answer.put("client_secret", client.secret().reveal());
			answer.put("client_secret_expires_at", 0);
		}
		if (client.name() != null) {
			answer.put("client_name", client.name());
		}
		answer.put("redirect_uris", client.redirectUris());
		answer.put("grant_types", List.of("authorization_code", "refresh_token"));
		answer.put("response_types", List.of("code"));
		answer.put("token_endpoint_auth_method", client.authMethod());
		return answer;
	}

	private RegisteredClient client(Metadata metadata) {
		List<String> redirectUris = (metadata.redirectUris() != null) ? metadata.redirectUris() : List.of();
		if (redirectUris.isEmpty() || redirectUris.size() > MAX_REDIRECT_URIS) {
			throw new OAuthErrorException(OAuthError
				.invalidRedirectUri("redirect_uris must name 1 to %d redirect URIs".formatted(MAX_REDIRECT_URIS)));
		}
		redirectUris.forEach(RegistrationEndpoint::check);
		String method = (metadata.authMethod() != null) ? metadata.authMethod() : "client_secret_basic";
		if (!AUTH_METHODS.contains(method)) {
			throw invalid("token_endpoint_auth_method must be one of " + AUTH_METHODS.stream().sorted().toList());
		}
		Secret secret = method.equals(RegisteredClient.NONE) ? null
				: Secret.of(this.random.next() + this.random.next());
		return new RegisteredClient(shortened(metadata.name()), redirectUris, secret, method,
				this.clock.instant().getEpochSecond());
	}

	private static void check(@Nullable String redirectUri) {
		String flaw = (redirectUri == null) ? "a redirect URI must be a string"
				: RegisteredRedirectUri.flawOf(redirectUri).orElse(null);
		if (flaw != null) {
			throw new OAuthErrorException(OAuthError.invalidRedirectUri(flaw));
		}
	}

	/** A name is shown to a person: something to see, no control characters, no novel. */
	private static @Nullable String shortened(@Nullable String name) {
		String clean = (name != null) ? name.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", "").strip() : "";
		if (clean.isEmpty()) {
			return null;
		}
		return (clean.codePointCount(0, clean.length()) <= MAX_NAME) ? clean
				: clean.substring(0, clean.offsetByCodePoints(0, MAX_NAME)) + "…";
	}

	private static Metadata parse(String json) {
		try {
			Metadata metadata = JSON.readValue(json, Metadata.class);
			if (metadata == null) {
				throw invalid("the body must be a JSON object");
			}
			return metadata;
		}
		catch (JacksonException ex) {
			throw invalid("the body must be a JSON object with the members of RFC 7591");
		}
	}

	private static OAuthErrorException invalid(String description) {
		return new OAuthErrorException(OAuthError.invalidClientMetadata(description));
	}

	/** The part of the client metadata that means anything to us. */
	private record Metadata(@JsonProperty("redirect_uris") @Nullable List<String> redirectUris,
			@JsonProperty("client_name") @Nullable String name,
			@JsonProperty("token_endpoint_auth_method") @Nullable String authMethod) {
	}

}
