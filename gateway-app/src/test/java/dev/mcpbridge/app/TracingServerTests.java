package dev.mcpbridge.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.ReceivedRequest;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A request of a client is one trace, from the client through the gateway to the
 * upstream; without tracing the client's own passes, and nobody is told anything.
 */
class TracingServerTests {

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

	@Test
	void aRequestIsOneTraceFromTheClientToTheUpstream() throws IOException {
		List<byte[]> exported = new CopyOnWriteArrayList<>();
		HttpServer collector = collector(exported);
		try (AtlassianSimulator atlassian = AtlassianSimulator.start();
				TestGateway gateway = TestGateway.of(GatewayApplication.class)
					.property("mcp.bridge.upstream.url", atlassian.url().toString())
					.property("management.server.port", "0")
					.property("management.tracing.export.enabled", "true")
					.property("management.tracing.sampling.probability", "1.0")
					.property("management.opentelemetry.tracing.export.schedule-delay", "100ms")
					.property("management.opentelemetry.tracing.export.otlp.endpoint",
							"http://localhost:%d/v1/traces".formatted(collector.getAddress().getPort()))
					.start()) {
			String received = traceparentAtTheUpstream(atlassian, gateway);
			assertThat(received).startsWith("00-" + TRACE + "-").isNotEqualTo(PARENT);
			await().until(() -> exported.stream().anyMatch(TracingServerTests::isOfTheTrace));
			assertThat(openMetrics(gateway)).containsPattern("mcp_bridge_requests_seconds_bucket\\{[^\\n]*trace_id=");
		}
		finally {
			collector.stop(0);
		}
	}

	@Test
	void withoutTracingTheClientsOwnPasses() throws IOException {
		List<byte[]> exported = new CopyOnWriteArrayList<>();
		HttpServer collector = collector(exported);
		try (AtlassianSimulator atlassian = AtlassianSimulator.start();
				TestGateway gateway = TestGateway.of(GatewayApplication.class)
					.property("mcp.bridge.upstream.url", atlassian.url().toString())
					.property("management.server.port", "0")
					.property("management.opentelemetry.tracing.export.schedule-delay", "100ms")
					.property("management.opentelemetry.tracing.export.otlp.endpoint",
							"http://localhost:%d/v1/traces".formatted(collector.getAddress().getPort()))
					.start()) {
			assertThat(traceparentAtTheUpstream(atlassian, gateway)).isEqualTo(PARENT);
		}
		finally {
			collector.stop(0);
		}
		assertThat(exported).isEmpty();
	}

	private static String traceparentAtTheUpstream(AtlassianSimulator atlassian, TestGateway gateway) {
		TestClient client = TestClient.register(gateway.url());
		String token = client.signIn().accessToken();
		String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
		client.call("/mcp", token, body, "traceparent", PARENT);
		List<ReceivedRequest> received = atlassian.requests(Endpoint.MCP);
		return received.get(received.size() - 1).header("traceparent");
	}

	private static String openMetrics(TestGateway gateway) {
		URI page = URI
			.create("http://localhost:%s/actuator/prometheus".formatted(gateway.property("local.management.port")));
		return new Browser()
			.send(HttpRequest.newBuilder(page).header("Accept", "application/openmetrics-text; version=1.0.0"))
			.body();
	}

	/** What an OTLP collector takes: protobuf, with the id of a trace as its bytes. */
	private static HttpServer collector(List<byte[]> exported) throws IOException {
		HttpServer collector = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
		collector.createContext("/v1/traces", (exchange) -> {
			exported.add(exchange.getRequestBody().readAllBytes());
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		collector.start();
		return collector;
	}

	private static boolean isOfTheTrace(byte[] message) {
		String id = new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1);
		return new String(message, StandardCharsets.ISO_8859_1).contains(id);
	}

}
