package dev.mcpbridge.app;

import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The doctor of a gateway that stands in front of an existing bridge, and has neither
 * keys nor grants.
 */
class DoctorOfOthersTokensServerTests {

	@Test
	void itLooksAtWhatThereIs() {
		try (AtlassianSimulator atlassian = AtlassianSimulator.start();
				TestGateway gateway = TestGateway.of(GatewayApplication.class)
					.property("mcp.bridge.upstream.url", atlassian.url().toString())
					.property("mcp.bridge.authorization-server.enabled", "false")
					.property("mcp.bridge.token.trusted-issuers[0].issuer", "https://bridge.example")
					.property("mcp.bridge.token.trusted-issuers[0].secret", "s".repeat(32))
					.property("management.server.port", "0")
					.start()) {
			assertThat(findings(gateway)).containsEntry("public.challenge", "OK")
				.containsEntry("public.stream", "OK")
				.containsEntry("upstream.mcp", "OK")
				.doesNotContainKeys("keys.file", "store.file", "upstream.discovery", "public.keys")
				.doesNotContainValue("FAILURE");
		}
	}

	private static Map<String, String> findings(TestGateway gateway) {
		String report = new Browser()
			.get(URI
				.create("http://localhost:%s/actuator/mcpdoctor".formatted(gateway.property("local.management.port"))))
			.body();
		return JsonMapper.shared()
			.readTree(report)
			.get("findings")
			.valueStream()
			.collect(Collectors.toMap(DoctorOfOthersTokensServerTests::check,
					(finding) -> finding.get("severity").asString()));
	}

	private static String check(JsonNode finding) {
		return finding.get("check").asString();
	}

}
