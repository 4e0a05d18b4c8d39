package dev.mcpbridge.app.probe.lifecycle;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.mcpbridge.app.probe.contract.Finding;
import dev.mcpbridge.app.probe.mcp.Wire;
import dev.mcpbridge.upstream.Upstream;
import dev.mcpbridge.upstream.UpstreamException;
import dev.mcpbridge.upstream.UpstreamServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds out where everything is.
 */
final class Discovering {

	private Discovering() {
	}

	/** Asks for the metadata of the MCP endpoint, at its own place only. */
	static Finding resource(Experiment experiment) {
		Equipment equipment = experiment.equipment();
		URI place = equipment.target().resolve("/.well-known/oauth-protected-resource" + equipment.terms().path());
		try {
			Wire.Document document = equipment.wire().get(place);
			if (document.status() >= 500 || document.status() == 429) {
				return new Finding.Failed("answered with %d".formatted(document.status()));
			}
			return (document.status() == 200) ? published(equipment, document.body()) : Finding.of("metadata", "none");
		}
		catch (IOException ex) {
			return new Finding.Failed(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Looks as the gateway would; where the gateway would refuse what it finds, says so
	 * and goes on regardless.
	 */
	static Finding server(Experiment experiment) {
		Upstream strict = experiment.equipment().upstream();
		try {
			return found(experiment, strict, null);
		}
		catch (UpstreamException.Misconfigured ex) {
			return found(experiment, experiment.equipment().lenient(), ex.getMessage());
		}
	}

	private static Finding found(Experiment experiment, Upstream upstream, @Nullable String complaint) {
		UpstreamServer server = Answers.of(upstream.discovery().server());
		experiment.found(upstream, server);
		Equipment equipment = experiment.equipment();
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("metadata", isByDefault(equipment, server) ? "none" : "published");
		facts.put("trusted", (complaint != null) ? "no" : "yes");
		facts.put("issuer", equipment.relative(server.issuer()));
		facts.put("authorize", equipment.relative(server.authorizationEndpoint().toString()));
		facts.put("token", equipment.relative(server.tokenEndpoint().toString()));
		facts.put("authorize-path", server.authorizationEndpoint().getRawPath());
		facts.put("token-path", server.tokenEndpoint().getRawPath());
		facts.put("registration", (server.registrationEndpoint() != null) ? "offered" : "none");
		facts.put("revocation", (server.revocationEndpoint() != null) ? "offered" : "none");
		return new Finding.Seen(facts, complaint);
	}

	/** Metadata says how clients prove themselves; the default paths cannot. */
	private static boolean isByDefault(Equipment equipment, UpstreamServer server) {
		return server.issuer().equals(equipment.target().toString()) && server.tokenEndpointAuthMethods().isEmpty()
				&& server.revocationEndpoint() == null;
	}

	private static Finding published(Equipment equipment, String body) {
		try {
			JsonNode document = JsonMapper.shared().readTree(body);
			String resource = document.path("resource").asString("none");
			Map<String, String> facts = new LinkedHashMap<>();
			facts.put("metadata", "published");
			facts.put("resource", resource.equals(equipment.endpoint().toString()) ? "the MCP endpoint"
					: equipment.relative(resource));
			facts.put("servers",
					equipment.relative(String.join(", ",
							document.path("authorization_servers")
								.valueStream()
								.map((server) -> server.asString("?"))
								.toList())));
			return new Finding.Seen(facts, null);
		}
		catch (JacksonException ex) {
			return Finding.of("metadata", "none");
		}
	}

}
