package dev.mcpbridge.simulator;

import java.net.http.HttpResponse;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.codec.ServerSentEvent;

import dev.mcpbridge.simulator.SimulatorClient.Tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class AtlassianSimulatorSseServerTests {

	private final AtlassianSimulator atlassian = AtlassianSimulator.builder().autoApprove(true).start();

	private final SimulatorClient client = new SimulatorClient(this.atlassian);

	private final Tokens tokens = this.client.signIn();

	@AfterEach
	void close() {
		this.atlassian.close();
	}

	@Test
	void postingToTheStreamIsNotFound() {
		assertThat(this.client.post("/v1/sse", "{}", "authorization", "Bearer " + this.tokens.access()).statusCode())
			.isEqualTo(404);
	}

	@Test
	void theFirstEventIsAHostRelativeEndpoint() throws InterruptedException {
		LegacyStream stream = new LegacyStream(this.client, this.tokens);
		ServerSentEvent<String> first = stream.first();
		assertThat(first.event()).isEqualTo("endpoint");
		assertThat(first.data()).matches("/v1/sse/message\\?sessionId=\\w+");
		assertThat(this.atlassian.openStreams()).isOne();
	}

	@Test
	void aMessageIsAcceptedAndAnsweredOnTheStream() throws InterruptedException {
		LegacyStream stream = new LegacyStream(this.client, this.tokens);
		HttpResponse<String> accepted = stream.post(this.tokens, SimulatorClient.message("ping", "{}"));
		assertThat(accepted.statusCode()).isEqualTo(202);
		assertThat(accepted.body()).isEqualTo("Accepted");
		assertThat(accepted.headers().firstValue("content-length")).hasValue("8");
		assertThat(accepted.headers().firstValue("content-type")).hasValue("text/event-stream");
		ServerSentEvent<String> answer = stream.next();
		assertThat(answer.event()).isEqualTo("message");
		assertThat(answer.data()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
	}

	@Test
	void aBatchIsAnsweredMessageByMessage() throws InterruptedException {
		LegacyStream stream = new LegacyStream(this.client, this.tokens);
		stream.post(this.tokens, "[" + SimulatorClient.message("ping", "{}") + ","
				+ SimulatorClient.message("resources/list", "{}") + "]");
		assertThat(stream.answer().has("result")).isTrue();
		assertThat(stream.answer().path("error").path("code").asInt()).isEqualTo(-32601);
	}

	@Test
	void unknownSessionsAndBadMessagesAreRefused() throws InterruptedException {
		String bearer = "Bearer " + this.tokens.access();
		HttpResponse<String> unknown = this.client.post("/v1/sse/message?sessionId=unknown", "{}", "authorization",
				bearer);
		assertThat(unknown.statusCode()).isEqualTo(404);
		assertThat(SimulatorClient.json(unknown).path("error").path("code").asInt()).isEqualTo(-32001);
		assertThat(this.client.post("/v1/sse/message", "{}", "authorization", bearer).statusCode()).isEqualTo(400);
		assertThat(new LegacyStream(this.client, this.tokens).post(this.tokens, "not json").statusCode())
			.isEqualTo(400);
	}

	@Test
	void anyValidTokenActsAsTheOwnerOfTheSession() throws InterruptedException {
		LegacyStream stream = new LegacyStream(this.client, this.tokens);
		this.atlassian.nextUser("6d0e1f2a3b4c5d6e7f8091a2");
		Tokens stranger = this.client.signIn();
		stream.post(stranger, SimulatorClient.call("atlassianUserInfo", "{}"));
		assertThat(stream.answer().toString()).contains("Jane Doe");
	}

	@Test
	void theEndOfATokenEndsNoStream() throws InterruptedException {
		LegacyStream stream = new LegacyStream(this.client, this.tokens);
		this.atlassian.clock().advance(Duration.ofSeconds(3300));
		assertThat(stream.post(this.tokens, SimulatorClient.message("ping", "{}")).statusCode()).isEqualTo(401);
		assertThat(stream.post(this.client.refreshed(this.tokens), SimulatorClient.message("ping", "{}")).statusCode())
			.isEqualTo(202);
		assertThat(stream.answer().has("result")).isTrue();
	}

	@Test
	void afterTheStreamIsGoneMessagesAreAcceptedAndLost() throws InterruptedException {
		LegacyStream stream = new LegacyStream(this.client, this.tokens);
		stream.leave();
		await().until(() -> this.atlassian.openStreams() == 0);
		assertThat(stream.post(this.tokens, SimulatorClient.message("ping", "{}")).statusCode()).isEqualTo(202);
		assertThat(stream.isSilent()).isTrue();
	}

	@Test
	void killedStreamsEnd() throws InterruptedException {
		LegacyStream stream = new LegacyStream(this.client, this.tokens);
		this.atlassian.killStreams();
		await().until(stream::hasEnded);
		assertThat(stream.post(this.tokens, SimulatorClient.message("ping", "{}")).statusCode()).isEqualTo(202);
		assertThat(this.atlassian.openStreams()).isZero();
	}

	@Test
	void initializedIsNotAnsweredUnlessAsked() throws InterruptedException {
		LegacyStream stream = new LegacyStream(this.client, this.tokens);
		stream.post(this.tokens, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
		stream.post(this.tokens, SimulatorClient.message("ping", "{}"));
		assertThat(stream.answer().has("result")).isTrue();
	}

	@Test
	void initializedIsRefusedAsCapturedOnRequest() throws InterruptedException {
		try (AtlassianSimulator captured = AtlassianSimulator.builder().autoApprove(true).refuseInitialized().start()) {
			SimulatorClient visitor = new SimulatorClient(captured);
			LegacyStream stream = new LegacyStream(visitor, visitor.signIn());
			stream.post(stream.owner(), "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
			assertThat(stream.next().data()).isEqualTo(
					"{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}");
		}
	}

	@Test
	void toolChangesAreAnnounced() throws InterruptedException {
		LegacyStream stream = new LegacyStream(this.client, this.tokens);
		this.atlassian.announceToolsChanged();
		assertThat(stream.answer().path("method").asString()).isEqualTo("notifications/tools/list_changed");
	}

}
