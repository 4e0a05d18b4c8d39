package dev.mcpbridge.simulator.oauth;

import java.net.URI;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Call;
import dev.mcpbridge.simulator.wire.Json;

/**
 * Registers clients dynamically.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591">RFC 7591</a>
 */
final class Registration {

	private static final Set<String> AUTH_METHODS = Set.of("client_secret_basic", "client_secret_post", "none");

	private final Clients clients;

	private final OAuthSettings settings;

	Registration(Clients clients, OAuthSettings settings) {
		this.clients = clients;
		this.settings = settings;
	}

	Answer answer(Call call) {
		if (!call.method().equals("POST")) {
			throw new Refusal(405, "invalid_request", "Method not allowed");
		}
		JsonNode metadata = Json.parse(call.body())
			.filter(JsonNode::isObject)
			.orElseThrow(() -> invalidMetadata("Invalid JSON payload"));
		String authMethod = metadata.path("token_endpoint_auth_method").asString("client_secret_basic");
		if (!AUTH_METHODS.contains(authMethod)) {
			throw invalidMetadata("Unsupported token_endpoint_auth_method");
		}
		Client client = this.clients.register(metadata.path("client_name").asString(""), redirectUris(metadata),
				authMethod);
		return Answer.json(201, document(client)).with("cache-control", "no-store");
	}

	private List<String> redirectUris(JsonNode metadata) {
		List<String> uris = metadata.path("redirect_uris").valueStream().map((uri) -> uri.asString("")).toList();
		if (uris.isEmpty()) {
			throw new Refusal(400, "invalid_redirect_uri", "At least one redirect URI is required");
		}
		uris.forEach(this::check);
		return uris;
	}

	private void check(String redirectUri) {
		URI uri;
		try {
			uri = URI.create(redirectUri);
		}
		catch (IllegalArgumentException ex) {
			throw new Refusal(400, "invalid_redirect_uri", "Invalid redirect URI");
		}
		if (!uri.isAbsolute() || uri.getRawFragment() != null || uri.getScheme().matches("(?i)javascript|data")) {
			throw new Refusal(400, "invalid_redirect_uri", "Invalid redirect URI");
		}
		Set<String> hosts = this.settings.redirectHosts();
		if (!hosts.isEmpty() && !Client.isLoopback(uri) && !(uri.getHost() != null && hosts.contains(uri.getHost()))) {
			throw new Refusal(400, "invalid_redirect_uri",
					"Your organization admin must authorize access from this domain");
		}
	}

	private ObjectNode document(Client client) {
		ObjectNode document = Json.object().put("client_id", client.id());
		document.set("redirect_uris", Json.strings(client.redirectUris()));
		document.put("client_name", client.name());
		document.set("grant_types", Json.strings(List.of("authorization_code", "refresh_token")));
		document.set("response_types", Json.strings(List.of("code")));
		document.put("token_endpoint_auth_method", client.authMethod());
		document.put("client_id_issued_at", client.since().getEpochSecond());
		if (client.secret() != null) {
			document.put("client_secret", client.secret());
			document.put("client_secret_expires_at",
					client.since().plus(this.settings.clientLifetime()).getEpochSecond());
		}
		return document;
	}

	private static Refusal invalidMetadata(String description) {
		return new Refusal(400, "invalid_client_metadata", description);
	}

}
