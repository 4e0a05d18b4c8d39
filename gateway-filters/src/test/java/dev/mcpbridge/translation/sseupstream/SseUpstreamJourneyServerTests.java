package dev.mcpbridge.translation.sseupstream;

import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.translation.Event;
import dev.mcpbridge.translation.Flights;
import dev.mcpbridge.translation.sseupstream.StreamableClient.Received;
import dev.mcpbridge.translation.sseupstream.StreamableClient.Stream;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.UpstreamTargetFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

import static dev.mcpbridge.translation.sseupstream.StreamableClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A streamable client from its sign-in to its end, behind the whole bridge, at
 * Atlassian's HTTP+SSE.
 */
@Timeout(120)
class SseUpstreamJourneyServerTests {

	private final Sinks.Many<Integer> pace = Sinks.many().unicast().onBackpressureBuffer();

	private final AtlassianSimulator atlassian = AtlassianSimulator.builder()
		.refuseInitialized()
		.progressPace(this.pace.asFlux())
		.start();

	private final Flights flights = new Flights();

	private final TestGateway gateway = gateway();

	private final TestClient person = TestClient.register(this.gateway.url());

	@AfterEach
	void close() {
		this.flights.close();
		this.gateway.close();
		this.atlassian.close();
	}

	@Test
	void everythingAStreamableClientDoes() {
		StreamableClient session = signedIn();
		assertThat(session.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}").statusCode())
			.isEqualTo(202);
		Stream listening = session.listen();
		HttpResponse<String> tools = session.post(request("1", "tools/list", "{}"));
		assertThat(JsonMapper.shared().readTree(tools.body()).path("result").path("tools")).hasSize(24);

		List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(100, 110)
			.mapToObj((id) -> session.posting(request(String.valueOf(id), "ping", "{}")))
			.toList();
		IntStream.range(0, 10)
			.forEach((index) -> assertThat(calls.get(index).join().body())
				.isEqualTo(StreamableClient.result(String.valueOf(100 + index))));

		CompletableFuture<Stream> opened = CompletableFuture
			.supplyAsync(() -> session.open(request("2", "tools/call", """
					{"name":"simulatorProgress","arguments":{"steps":2},"_meta":{"progressToken":"p"}}""")));
		step();
		Stream progress = opened.join();
		assertThat(progress.data()).contains("Step 1 of 2");
		step();
		assertThat(progress.data()).contains("Step 2 of 2");
		assertThat(progress.rest()).hasSize(1).first().asString().contains("Done in 2 steps");

		this.atlassian.announceToolsChanged();
		Received changed = listening.next();
		assertThat(changed.data()).contains("notifications/tools/list_changed");
		listening.close();
		this.atlassian.announceToolsChanged();
		Stream resumed = session.with("Last-Event-ID", changed.id()).listen();
		assertThat(resumed.data()).contains("notifications/tools/list_changed");

		assertThat(session.send("DELETE").statusCode()).isEqualTo(204);
		assertThat(resumed.next()).isEqualTo(Received.END);
		assertThat(session.post(request("3", "ping", "{}")).statusCode()).isEqualTo(404);
		await().until(() -> this.atlassian.openStreams() == 0 && this.flights.underWay() == 0);
	}

	@Test
	void aTokenTheUpstreamRefusesIsRenewedAndTheMessageSentAgain() {
		StreamableClient session = signedIn();
		this.atlassian.expireAllAccessTokens();
		assertThat(session.post(request("1", "ping", "{}")).body()).isEqualTo(StreamableClient.result("1"));
		assertThat(this.atlassian.refreshes()).isOne();
	}

	@Test
	void aTokenTheUpstreamRefusesAtTheBeginningIsRenewedToo() {
		String token = this.person.signIn().accessToken();
		this.atlassian.expireAllAccessTokens();
		new StreamableClient(this.gateway.url("/mcp")).with("Authorization", "Bearer " + token).initialized();
		assertThat(this.atlassian.refreshes()).isOne();
		await().until(() -> this.atlassian.openStreams() == 1);
	}

	@Test
	void withoutATokenThereIsTheChallenge() {
		HttpResponse<String> answer = new StreamableClient(this.gateway.url("/mcp"))
			.post(StreamableClient.initialize());
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.headers().firstValue("www-authenticate"))
			.hasValueSatisfying((value) -> assertThat(value).contains("resource_metadata="));
	}

	@Test
	void anUpstreamThatEndsItsStreamsCostsNoSession() {
		StreamableClient session = signedIn();
		Stream listening = session.listen();
		this.atlassian.killStreams();
		assertThat(session.post(request("1", "ping", "{}")).body()).isEqualTo(StreamableClient.result("1"));
		this.atlassian.announceToolsChanged();
		assertThat(listening.data()).contains("notifications/tools/list_changed");
		assertThat(this.atlassian.openStreams()).isOne();
	}

	@Test
	void anUpstreamThatIsAwayCostsNoLogin() {
		String token = this.person.signIn().accessToken();
		this.atlassian.close();
		HttpResponse<String> answer = new StreamableClient(this.gateway.url("/mcp"))
			.with("Authorization", "Bearer " + token)
			.post(StreamableClient.initialize());
		assertThat(answer.statusCode()).isEqualTo(503);
	}

	private void step() {
		this.pace.tryEmitNext(1).orThrow();
	}

	private StreamableClient signedIn() {
		return new StreamableClient(this.gateway.url("/mcp"))
			.with("Authorization", "Bearer " + this.person.signIn().accessToken())
			.initialized();
	}

	private TestGateway gateway() {
		URI upstream = this.atlassian.url();
		return TestGateway.bare()
			.property("mcp.bridge.upstream.url", upstream.toString())
			.property("mcp.bridge.authorization-server.enabled", "true")
			.bean(UpstreamTargetFilter.class, new UpstreamTargetFilter())
			.bean(McpSseUpstreamGatewayFilterFactory.class,
					new McpSseUpstreamGatewayFilterFactory(StreamableFront.memory(), this.flights,
							StreamableFront.LIMITS, new SecureRandom(), TranslationListener.NONE))
			.route("mcp", upstream, "/mcp", "McpBridge", "McpSseUpstream", "SetPath=/v1/sse")
			.start();
	}

}
