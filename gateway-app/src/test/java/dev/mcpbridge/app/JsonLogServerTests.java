package dev.mcpbridge.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.mcpbridge.request.RequestIds;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With a format that machines read, each line is one JSON object that says which request
 * and trace it is of, and gives nothing away.
 */
@ExtendWith(OutputCaptureExtension.class)
class JsonLogServerTests {

	static final String ID = "what-the-client-saw";

	static final LeakDetector detector = new LeakDetector();

	static AtlassianSimulator atlassian;

	static TestGateway gateway;

	@BeforeAll
	static void start() {
		atlassian = AtlassianSimulator.builder().setCookies().start();
		gateway = TestGateway.of(GatewayApplication.class)
			.property("mcp.bridge.upstream.url", atlassian.url().toString())
			.property("mcp.bridge.token.lifetime", "PT8H")
			.property("logging.structured.format.console", "ecs")
			.property("logging.level.dev.mcpbridge", "DEBUG")
			.property("management.tracing.export.enabled", "true")
			.property("management.tracing.sampling.probability", "1.0")
			.property("spring.reactor.context-propagation", "auto")
			.unguarded()
			.clock(atlassian.clock())
			.start();
	}

	/** What Boot makes of its properties outlives the application. */
	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
		for (LoggingSystemProperty property : LoggingSystemProperty.values()) {
			System.clearProperty(property.getEnvironmentVariableName());
		}
	}

	@Test
	void aLineSaysWhichRequestAndTraceItIsOf(CapturedOutput output) {
		String client = TestClient.register(gateway.url()).clientId();
		new Browser().post(gateway.url("/access-token"),
				Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", "nonsense"),
				RequestIds.HEADER, ID);
		JsonNode line = line(output, "token refused");
		assertThat(line.path(RequestIds.KEY).asString()).isEqualTo(ID);
		assertThat(line.path("traceId").asString()).matches("[0-9a-f]{32}");
		assertThat(line.path("spanId").asString()).matches("[0-9a-f]{16}");
	}

	@Test
	void aWholeLoginIsOneObjectALineWithoutAFragmentOfASecret(CapturedOutput output) {
		OverheardClient client = new OverheardClient(gateway.url(), detector);
		TestClient.Tokens tokens = client.signIn();
		assertThat(client.call(tokens.accessToken()).statusCode()).isEqualTo(200);
		atlassian.clock().advance(Duration.ofMinutes(56));
		atlassian.faults().next(1, Endpoint.TOKEN, Fault.status(500));
		assertThat(client.call(tokens.accessToken()).statusCode()).isEqualTo(503);
		detector.learnAllOf(atlassian);
		assertThat(line(output, "refresh postponed").path(RequestIds.KEY).asString()).matches("[0-9a-f]{32}");
		assertThat(lines(output)).allMatch((line) -> line.isObject() && line.has("message"));
		assertThat(detector.known()).isGreaterThan(10);
		assertThat(detector.leaksIn(List.of(output.getAll()))).isEmpty();
	}

	private static JsonNode line(CapturedOutput output, String words) {
		return lines(output).stream()
			.filter((line) -> line.path("message").asString().contains(words))
			.findFirst()
			.orElseThrow();
	}

	/** Other tests of this process may still write as they do. */
	private static List<JsonNode> lines(CapturedOutput output) {
		return output.getAll()
			.lines()
			.filter((line) -> line.startsWith("{"))
			.map((line) -> JsonMapper.shared().readTree(line))
			.toList();
	}

}
