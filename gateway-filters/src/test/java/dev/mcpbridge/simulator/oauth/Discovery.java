package dev.mcpbridge.simulator.oauth;

import java.util.List;
import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Call;
import dev.mcpbridge.simulator.wire.Json;

/**
 * Publishes where everything is.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414">RFC 8414</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728">RFC 9728</a>
 */
final class Discovery {

	private static final String SERVER = "/.well-known/oauth-authorization-server";

	private static final String RESOURCE = "/.well-known/oauth-protected-resource";

	private static final Set<String> RESOURCES = Set.of("/v1/sse", "/v1/mcp", "/v1/mcp/authv2", "/v2/mcp");

	private final OAuthSettings settings;

	Discovery(OAuthSettings settings) {
		this.settings = settings;
	}

	Answer answer(Call call) {
		if (call.path().equals(SERVER + this.settings.issuerPath())) {
			return Answer.json(200, server(call.origin()));
		}
		String path = call.path().replace(RESOURCE, "");
		return (this.settings.resourceMetadata() && RESOURCES.contains(path))
				? Answer.json(200, resource(call.origin(), path)) : Answer.notFound();
	}

	private ObjectNode server(String origin) {
		ObjectNode document = Json.object().put("issuer", this.settings.issuerAt(origin));
		document.put("authorization_endpoint", origin + this.settings.endpoint("authorize"));
		document.put("token_endpoint", origin + this.settings.endpoint("token"));
		document.put("registration_endpoint", origin + this.settings.endpoint("register"));
		document.set("response_types_supported", Json.strings(List.of("code")));
		document.set("response_modes_supported", Json.strings(List.of("query")));
		document.set("grant_types_supported", Json.strings(List.of("authorization_code", "refresh_token")));
		document.set("token_endpoint_auth_methods_supported",
				Json.strings(List.of("client_secret_basic", "client_secret_post", "none")));
		if (this.settings.revocation()) {
			document.put("revocation_endpoint", origin + this.settings.endpoint("token"));
		}
		document.set("code_challenge_methods_supported", Json.strings(List.of("plain", "S256")));
		return document;
	}

	private ObjectNode resource(String origin, String path) {
		ObjectNode document = Json.object().put("resource", origin + path);
		document.set("authorization_servers", Json.strings(List.of(origin + this.settings.issuerPath())));
		document.set("bearer_methods_supported", Json.strings(List.of("header")));
		return document;
	}

	/**
	 * Writes the challenge of a 401.
	 * @param call the refused call
	 * @return the value of {@code WWW-Authenticate}
	 */
	String challenge(Call call) {
		String challenge = "Bearer realm=\"OAuth\", error=\"invalid_token\"";
		return this.settings.resourceMetadata()
				? challenge + ", resource_metadata=\"" + call.origin() + RESOURCE + call.path() + "\"" : challenge;
	}

}
