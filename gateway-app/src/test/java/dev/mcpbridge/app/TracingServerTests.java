package dev.mcpbridge.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.mcpbridge.refresh.BackgroundRefresh;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.simulator.ReceivedRequest;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A request of a client is one trace, from the client through the gateway to the
 * upstream, and a refresh is another; neither tells a secret.
 */
class TracingServerTests {

	static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

	static final LeakDetector detector = new LeakDetector();

	static final TraceCollector collector = TraceCollector.start();

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = collector.of(TestGateway.of(GatewayApplication.class))
		.property("management.tracing.export.enabled", "true")
		.property("mcp.bridge.upstream.url", atlassian.url().toString())
		.property("mcp.bridge.token.lifetime", "PT8H")
		.property("management.server.port", "0")
		.clock(atlassian.clock())
		.unguarded()
		.start();

	static int traces;

	final OverheardClient overheard = new OverheardClient(gateway.url(), detector);

	final TestClient client = this.overheard.client();

	final String token = this.overheard.signIn().accessToken();

	final String trace = "4bf92f3577b34da6a3ce929d0e0e%04x".formatted(++traces);

	final String parent = "00-%s-00f067aa0ba902b7-01".formatted(this.trace);

	@AfterEach
	void heal() {
		atlassian.faults().clear();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@Test
	void aRequestIsOneTraceFromTheClientToTheUpstream() {
		this.client.call("/mcp", this.token, PING, "traceparent", this.parent);
		SpanData request = collector.ended(this.trace, SpanKind.SERVER);
		SpanData sent = collector.ended(this.trace, SpanKind.CLIENT);
		assertThat(request.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
		assertThat(sent.getParentSpanId()).isEqualTo(request.getSpanId());
		assertThat(lastReceived().header("traceparent"))
			.isEqualTo("00-%s-%s-01".formatted(this.trace, sent.getSpanId()));
		await().until(() -> collector.messages().stream().anyMatch(this::isOfTheTrace));
	}

	@Test
	void exemplarsNameTraces() {
		this.client.call("/mcp", this.token, PING, "traceparent", this.parent);
		assertThat(openMetrics(gateway)).containsPattern("mcp_bridge_requests_seconds_bucket\\{[^\\n]*trace_id=")
			.as("OpenMetrics allows none on a summary, and Prometheus refuses the page")
			.doesNotContainPattern("http_server_requests_seconds_count\\{[^\\n]*trace_id=");
	}

	@Test
	void theSpanOfAStreamEndsWithTheStreamAndThatOfItsCallWithTheHeaders() throws IOException {
		String session = this.client.initialize(this.token).headers().firstValue("mcp-session-id").orElseThrow();
		try (InputStream stream = open("/mcp", "mcp-session-id", session)) {
			assertThat(stream).isNotNull();
			assertThat(lastReceived().header("traceparent")).contains(this.trace);
			collector.ended(this.trace, SpanKind.CLIENT);
			assertThat(collector.spansOf(this.trace)).extracting(SpanData::getKind).containsExactly(SpanKind.CLIENT);
		}
		SpanData request = collector.ended(this.trace, SpanKind.SERVER);
		assertThat(collector.ended(this.trace, SpanKind.CLIENT).getParentSpanId()).isEqualTo(request.getSpanId());
	}

	@Test
	void theOlderTransportIsOneTraceToo() throws IOException {
		try (InputStream stream = open("/sse")) {
			assertThat(stream.read()).isPositive();
			assertThat(lastReceived().header("traceparent")).contains(this.trace);
			collector.ended(this.trace, SpanKind.CLIENT);
		}
		collector.ended(this.trace, SpanKind.SERVER);
	}

	@Test
	void aCallTheUpstreamDoesNotAnswerIsAnError() {
		atlassian.faults().always(Endpoint.MCP, Fault.loseAnswer());
		assertThat(this.client.call("/mcp", this.token, PING, "traceparent", this.parent).statusCode()).isEqualTo(502);
		SpanData sent = collector.ended(this.trace, SpanKind.CLIENT);
		assertThat(sent.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
	}

	@Test
	void aRefreshIsATraceOfItsOwnLinkedToTheRequestThatBeganIt() {
		atlassian.clock().advance(Duration.ofMinutes(52));
		this.client.call("/mcp", this.token, PING, "traceparent", this.parent);
		SpanData refresh = collector.ended(this::isLinked);
		SpanData request = collector.ended(this.trace, SpanKind.SERVER);
		assertThat(refresh.getTraceId()).isNotEqualTo(this.trace);
		assertThat(refresh.getParentSpanId()).isEqualTo(SpanId.getInvalid());
		assertThat(refresh.getLinks()).map(LinkData::getSpanContext)
			.map((cause) -> cause.getTraceId() + cause.getSpanId())
			.containsExactly(this.trace + request.getSpanId());
		assertThat(tags(refresh)).isEqualTo(Map.of("trigger", "ahead", "outcome", "rotated"));
		assertThat(refresh.getStatus().getStatusCode()).isEqualTo(StatusCode.OK);
	}

	@Test
	void aRefreshWithoutAnAnswerIsAnError() {
		atlassian.clock().advance(Duration.ofMinutes(56));
		atlassian.faults().always(Endpoint.TOKEN, Fault.status(500));
		assertThat(this.client.call("/mcp", this.token, PING, "traceparent", this.parent).statusCode()).isEqualTo(503);
		SpanData refresh = collector.ended(this::isLinked);
		assertThat(refresh.getName()).isEqualTo("mcp.bridge.refresh");
		assertThat(tags(refresh)).isEqualTo(Map.of("trigger", "stale", "outcome", "unreachable"));
		assertThat(refresh.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		assertThat(refresh.getStatus().getDescription()).isEqualTo("unreachable");
	}

	@Test
	void aRefreshNobodyAskedForIsLinkedToNothing() {
		this.client.call("/mcp", this.token, PING);
		atlassian.clock().advance(Duration.ofMinutes(52));
		gateway.bean(BackgroundRefresh.class).run(1);
		SpanData refresh = collector.ended((span) -> "background".equals(tags(span).get("trigger")));
		assertThat(refresh.getName()).isEqualTo("mcp.bridge.refresh");
		assertThat(refresh.getLinks()).isEmpty();
		assertThat(tags(refresh).get("outcome")).isEqualTo("rotated");
	}

	@Test
	void nothingThatIsExportedTellsASecret() throws IOException {
		TestClient.Tokens tokens = this.overheard.signIn();
		assertThat(this.overheard.call(tokens.accessToken()).statusCode()).isEqualTo(200);
		URI endpoint = this.overheard.openStream(tokens.accessToken());
		assertThat(this.overheard.post(endpoint, tokens.accessToken()).statusCode()).isEqualTo(202);
		assertThat(this.overheard.get("/mcp?access_token=" + tokens.accessToken()).statusCode()).isEqualTo(401);
		atlassian.faults().next(1, Endpoint.MCP, Fault.status(502));
		this.overheard.post(endpoint, tokens.accessToken());
		atlassian.clock().advance(Duration.ofMinutes(56));
		assertThat(this.overheard.refresh(tokens).statusCode()).isEqualTo(200);
		this.overheard.follow(this.overheard.callback("deny"));
		atlassian.killStreams();
		// the last of all, so that what was before has been exported with it
		this.client.call("/mcp", this.token, PING, "traceparent", this.parent);
		collector.ended(this.trace, SpanKind.SERVER);
		await().until(() -> collector.messages().stream().anyMatch(this::isOfTheTrace));
		detector.learnAllOf(atlassian);
		assertThat(collector.spans()).map(SpanData::getName).anyMatch((name) -> name.contains("callback"));
		assertThat(detector.leaksIn(collector.messages())).isEmpty();
		assertThat(detector.leaksIn(collector.spans().stream().map(SpanData::toString).toList())).isEmpty();
		assertThat(collector.spans()).flatMap((span) -> tags(span).values()).noneMatch((value) -> value.contains("?"));
	}

	@Test
	void theDetectorWouldFindASecretInAMessage() {
		detector.learnAllOf(atlassian);
		String secret = atlassian.issuedTokens().get(0);
		assertThat(detector.leaksIn(List.of("\0\1" + secret.substring(5, 17) + "\2"))).hasSize(1);
	}

	private InputStream open(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(gateway.url(path))
			.header("Authorization", "Bearer " + this.token)
			.header("Accept", "text/event-stream")
			.header("traceparent", this.parent);
		if (headers.length > 0) {
			request.headers(headers);
		}
		HttpResponse<InputStream> answer = HttpClient.newHttpClient()
			.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
			.join();
		assertThat(answer.statusCode()).isEqualTo(200);
		return answer.body();
	}

	private boolean isLinked(SpanData span) {
		return span.getLinks().stream().anyMatch((link) -> link.getSpanContext().getTraceId().equals(this.trace));
	}

	private boolean isOfTheTrace(String message) {
		return message.contains(new String(HexFormat.of().parseHex(this.trace), StandardCharsets.ISO_8859_1));
	}

	private static ReceivedRequest lastReceived() {
		List<ReceivedRequest> received = atlassian.requests(Endpoint.MCP);
		return received.get(received.size() - 1);
	}

	private static Map<String, String> tags(SpanData span) {
		return span.getAttributes()
			.asMap()
			.entrySet()
			.stream()
			.collect(Collectors.toMap((tag) -> tag.getKey().getKey(), (tag) -> String.valueOf(tag.getValue())));
	}

	static String openMetrics(TestGateway gateway) {
		URI page = URI
			.create("http://localhost:%s/actuator/prometheus".formatted(gateway.property("local.management.port")));
		return new Browser()
			.send(HttpRequest.newBuilder(page).header("Accept", "application/openmetrics-text; version=1.0.0"))
			.body();
	}

}
