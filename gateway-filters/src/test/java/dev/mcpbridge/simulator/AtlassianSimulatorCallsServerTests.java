package dev.mcpbridge.simulator;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import dev.mcpbridge.simulator.SimulatorClient.Tokens;
import dev.mcpbridge.simulator.wire.Json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Calls that do not end by themselves, and a server that speaks first.
 */
class AtlassianSimulatorCallsServerTests {

	static final String CANCEL = """
			{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":%s}}""";

	/** It never lets a call go on. */
	final AtlassianSimulator atlassian = AtlassianSimulator.builder()
		.autoApprove(true)
		.progressPace(Flux.never())
		.start();

	final SimulatorClient client = new SimulatorClient(this.atlassian);

	final Tokens tokens = this.client.signIn();

	@AfterEach
	void close() {
		this.atlassian.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"progressToken\":\"p\"}" })
	void aCancelledCallEndsWithoutAnAnswer(String meta) throws Exception {
		String session = this.client.openSession(this.tokens);
		CompletableFuture<HttpResponse<String>> call = begin(session, meta);
		await().until(() -> this.atlassian.mcp().calls().running() == 1);
		this.client.mcp(this.tokens, session, CANCEL.formatted("2"));
		assertThat(this.atlassian.mcp().calls().running()).as("another id").isOne();
		assertThat(this.client.mcp(this.tokens, session, CANCEL.formatted("1")).statusCode()).isEqualTo(202);
		assertThat(call.get(5, TimeUnit.SECONDS).body()).isEmpty();
		assertThat(this.atlassian.mcp().calls().cancelled()).isOne();
		assertThat(this.atlassian.mcp().calls().running()).isZero();
		assertThat(this.atlassian.mcp().calls().abandoned()).isZero();
	}

	@Test
	void anotherSessionCancelsNothing() {
		CompletableFuture<HttpResponse<String>> call = begin(this.client.openSession(this.tokens), "{}");
		await().until(() -> this.atlassian.mcp().calls().running() == 1);
		this.client.mcp(this.tokens, this.client.openSession(this.tokens), CANCEL.formatted("1"));
		assertThat(this.atlassian.mcp().calls().cancelled()).isZero();
		call.cancel(true);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"progressToken\":\"p\"}" })
	void aCallIsAbandonedWithItsConnection(String meta) {
		Disposable call = this.client.events(this.tokens, this.client.openSession(this.tokens), call(meta)).subscribe();
		await().until(() -> this.atlassian.mcp().calls().running() == 1);
		call.dispose();
		await().until(() -> this.atlassian.mcp().calls().abandoned() == 1);
		assertThat(this.atlassian.mcp().calls().running()).isZero();
		assertThat(this.atlassian.mcp().calls().cancelled()).isZero();
	}

	@Test
	void aCallOfTheOldTransportIsCancelledToo() throws InterruptedException {
		LegacyStream stream = new LegacyStream(this.client, this.tokens);
		stream.post(this.tokens, call("{}"));
		await().until(() -> this.atlassian.mcp().calls().running() == 1);
		stream.post(this.tokens, CANCEL.formatted("1"));
		await().until(() -> this.atlassian.mcp().calls().cancelled() == 1);
		stream.post(this.tokens, SimulatorClient.message("ping", "{}"));
		assertThat(stream.answer().path("result").isEmpty()).as("nothing before the next answer").isTrue();
	}

	@Test
	void theServerLogsAndAsks() throws InterruptedException {
		LegacyStream stream = new LegacyStream(this.client, this.tokens);
		this.atlassian.mcp().log("Maintenance at noon");
		assertThat(stream.answer().path("params").path("data").asString()).isEqualTo("Maintenance at noon");
		String id = this.atlassian.mcp().ask("ping", Json.object());
		assertThat(stream.next().data())
			.isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"method\":\"ping\",\"params\":{}}");
		stream.post(this.tokens, "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"result\":{}}");
		await().until(() -> !this.atlassian.mcp().answers().isEmpty());
		assertThat(this.atlassian.mcp().answers()).singleElement()
			.extracting((answer) -> answer.path("id").asString())
			.isEqualTo(id);
	}

	private CompletableFuture<HttpResponse<String>> begin(String session, String meta) {
		return this.client.sendAsync(this.client
			.request("/v1/mcp", "authorization", "Bearer " + this.tokens.access(), "mcp-session-id", session)
			.POST(BodyPublishers.ofString(call(meta))));
	}

	private static String call(String meta) {
		return SimulatorClient.message("tools/call", """
				{"name":"simulatorProgress","arguments":{},"_meta":%s}""".formatted(meta));
	}

}
