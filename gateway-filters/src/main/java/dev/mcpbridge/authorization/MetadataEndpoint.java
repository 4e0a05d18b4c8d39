package dev.mcpbridge.authorization;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.mcpbridge.oauth.PublicUrl;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Describes the authorization server to clients that know only its URL.
 * <p>
 * Unlike Atlassian's own, the document names the issuer it is found at, so strict clients
 * accept it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-3.2">RFC 8414, section
 * 3.2</a>
 */
final class MetadataEndpoint {

	private static final CacheControl CACHE = CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

	private static final List<String> CLIENT_AUTH_METHODS = List.of("none", "client_secret_basic",
			"client_secret_post");

	private final Map<String, Object> oauth;

	private final Map<String, Object> openid;

	MetadataEndpoint(AuthorizationServerSettings settings) {
		this.oauth = oauth(settings);
		this.openid = new LinkedHashMap<>(this.oauth);
		this.openid.put("subject_types_supported", List.of("public"));
		this.openid.put("id_token_signing_alg_values_supported", List.of("RS256"));
	}

	Mono<ServerResponse> oauth(ServerRequest request) {
		return ServerResponse.ok().cacheControl(CACHE).bodyValue(this.oauth);
	}

	Mono<ServerResponse> openid(ServerRequest request) {
		return ServerResponse.ok().cacheControl(CACHE).bodyValue(this.openid);
	}

	private static Map<String, Object> oauth(AuthorizationServerSettings settings) {
		PublicUrl url = settings.publicUrl();
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put("issuer", url.issuer());
		metadata.put("authorization_endpoint", url.at("/authorize"));
		metadata.put("token_endpoint", url.at("/access-token"));
		metadata.put("registration_endpoint", url.at("/register"));
		metadata.put("jwks_uri", url.at("/jwks.json"));
		if (!settings.scopes().isEmpty()) {
			metadata.put("scopes_supported", settings.scopes());
		}
		metadata.put("response_types_supported", List.of("code"));
		metadata.put("response_modes_supported", List.of("query"));
		metadata.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
		metadata.put("token_endpoint_auth_methods_supported", CLIENT_AUTH_METHODS);
		metadata.put("revocation_endpoint", url.at("/revoke"));
		metadata.put("revocation_endpoint_auth_methods_supported", CLIENT_AUTH_METHODS);
		if (settings.introspector() != null) {
			metadata.put("introspection_endpoint", url.at("/introspect"));
			metadata.put("introspection_endpoint_auth_methods_supported",
					List.of("client_secret_basic", "client_secret_post"));
		}
		metadata.put("code_challenge_methods_supported", List.of("S256"));
		metadata.put("authorization_response_iss_parameter_supported", true);
		metadata.put("protected_resources", settings.resources().identifiers().stream().skip(1).toList());
		return metadata;
	}

}
