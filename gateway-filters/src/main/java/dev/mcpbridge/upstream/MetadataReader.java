package dev.mcpbridge.upstream;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Makes a server of what a metadata document says, or refuses to.
 */
final class MetadataReader {

	private final UpstreamSettings settings;

	MetadataReader(UpstreamSettings settings) {
		this.settings = settings;
	}

	/**
	 * Reads a server.
	 * @param expectedIssuer the issuer the document was asked from
	 * @param server the document about the server
	 * @param resource the document that named the server, if there was one
	 * @return the server
	 * @throws UpstreamException.Misconfigured if the issuer is another one, or if an
	 * endpoint is missing or would carry secrets in the clear
	 */
	UpstreamServer server(String expectedIssuer, JsonDocument server, @Nullable JsonDocument resource) {
		String issuer = server.text("issuer");
		if (issuer == null || !this.settings.issuers().accepts(expectedIssuer, issuer)) {
			throw new UpstreamException.Misconfigured(
					"upstream: issuer: %s (expected: %s, or one pinned by mcp.bridge.upstream.issuer)".formatted(issuer,
							expectedIssuer));
		}
		return new UpstreamServer(issuer, required(server, "authorization_endpoint"),
				required(server, "token_endpoint"), optional(server, "registration_endpoint"),
				optional(server, "revocation_endpoint"), scopes(server, resource), resourceToSend(resource),
				server.texts("token_endpoint_auth_methods_supported"),
				server.isTrue("authorization_response_iss_parameter_supported"));
	}

	/** The server of an upstream that publishes nothing, by its default paths. */
	UpstreamServer serverByDefault() {
		String prefix = this.settings.profile().endpointPrefix();
		if (prefix == null) {
			throw new UpstreamException.Misconfigured("upstream: no metadata at " + this.settings.endpoint());
		}
		String base = this.settings.url() + prefix;
		return new UpstreamServer(this.settings.url().toString(), URI.create(base + "/authorize"),
				URI.create(base + "/token"), URI.create(base + "/register"), null, List.of(), resourceToSend(null),
				List.of(), false);
	}

	/** An address somebody else named, if it may be called. */
	URI trusted(String member, @Nullable String text) {
		URI address = JsonDocument.address(text);
		if (address == null || !this.settings.allows(address)) {
			throw new UpstreamException.Misconfigured(
					"upstream: %s: %s (expected: an https URL)".formatted(member, text));
		}
		return address;
	}

	private URI required(JsonDocument server, String member) {
		return trusted(member, server.text(member));
	}

	private @Nullable URI optional(JsonDocument server, String member) {
		return (server.text(member) != null) ? trusted(member, server.text(member)) : null;
	}

	/**
	 * Asks for what the resource needs, and never for everything a server could give.
	 */
	private static List<String> scopes(JsonDocument server, @Nullable JsonDocument resource) {
		List<String> scopes = (resource != null) ? resource.texts("scopes_supported") : new ArrayList<>();
		if (!scopes.isEmpty() && server.texts("scopes_supported").contains("offline_access")) {
			scopes.add("offline_access");
		}
		return scopes;
	}

	private @Nullable URI resourceToSend(@Nullable JsonDocument resource) {
		if (!this.settings.profile().resourceSent()) {
			return null;
		}
		URI named = (resource != null) ? JsonDocument.address(resource.text("resource")) : null;
		return (named != null) ? named : this.settings.endpoint();
	}

}
