package dev.mcpbridge.simulator;

import java.net.http.HttpResponse;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;
import reactor.test.StepVerifier;

import dev.mcpbridge.simulator.SimulatorClient.Tokens;
import dev.mcpbridge.simulator.mcp.Transports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Streams that can be taken up again.
 */
class AtlassianSimulatorResumptionServerTests {

	static final Duration PATIENCE = Duration.ofSeconds(5);

	static final String CALL = SimulatorClient.message("tools/call", """
			{"name":"simulatorProgress","arguments":{"steps":4},"_meta":{"progressToken":"p"}}""");

	final Sinks.Many<Integer> pace = Sinks.many().multicast().onBackpressureBuffer(16, false);

	final AtlassianSimulator atlassian = AtlassianSimulator.builder()
		.autoApprove(true)
		.transports(Transports.onlyStreamable().resumable(3))
		.progressPace(this.pace.asFlux())
		.start();

	final SimulatorClient client = new SimulatorClient(this.atlassian);

	final Tokens tokens = this.client.signIn();

	final String session = this.client.openSession(this.tokens);

	@AfterEach
	void close() {
		this.atlassian.close();
	}

	@Test
	void whatWasMissedIsToldAgain() {
		StepVerifier.create(this.client.events(this.tokens, this.session, CALL))
			.then(this::step)
			.assertNext((event) -> assertThat(event.id()).isEqualTo("call1-1"))
			.then(this::step)
			.assertNext((event) -> assertThat(event.id()).isEqualTo("call1-2"))
			.thenCancel()
			.verify(PATIENCE);
		await().until(() -> this.atlassian.openStreams() == 0);
		step();
		StepVerifier.create(resumed("call1-1"))
			.assertNext((event) -> assertThat(event.data()).contains("Step 2 of 4"))
			.assertNext((event) -> assertThat(event.data()).contains("Step 3 of 4"))
			.then(this::step)
			.assertNext((event) -> assertThat(event.data()).contains("Step 4 of 4"))
			.assertNext((event) -> assertThat(event.data()).contains("Done in 4 steps"))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.atlassian.mcp().calls().abandoned()).isZero();
		StepVerifier.create(resumed("call1-0"))
			.as("older events are forgotten")
			.assertNext((event) -> assertThat(event.id()).isEqualTo("call1-3"))
			.expectNextCount(2)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void theStandingStreamCanBeResumed() {
		StepVerifier.create(standing(this.session))
			.then(() -> await().until(() -> this.atlassian.openStreams() == 1))
			.then(this.atlassian::announceToolsChanged)
			.assertNext((event) -> assertThat(event.id()).isEqualTo("standing1-1"))
			.thenCancel()
			.verify(PATIENCE);
		this.atlassian.mcp().log("while nobody listens");
		StepVerifier.create(resumed("standing1-1"))
			.assertNext((event) -> assertThat(event.data()).contains("while nobody listens"))
			.then(this.atlassian::forgetSessions)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void eventsOfAnotherSessionAreUnknown() {
		StepVerifier.create(this.client.events(this.tokens, this.session, CALL))
			.then(this::step)
			.expectNextCount(1)
			.thenCancel()
			.verify(PATIENCE);
		assertThat(get(this.client.openSession(this.tokens), "call1-1").statusCode()).isEqualTo(400);
		assertThat(get(this.session, "call2-1").statusCode()).isEqualTo(400);
		assertThat(get(this.session, "nonsense").statusCode()).isEqualTo(400);
	}

	@Test
	void clientsOfTheLatestRevisionLearnAnIdBeforeAnythingHappens() {
		StepVerifier.create(post(this.client))
			.assertNext((event) -> assertThat(event.id()).isEqualTo("call1-0"))
			.then(this::step)
			.assertNext((event) -> assertThat(event.id()).isEqualTo("call1-1"))
			.thenCancel()
			.verify(PATIENCE);
	}

	@Test
	void clientsCanBeToldToComeBackForTheAnswer() {
		try (AtlassianSimulator polled = AtlassianSimulator.builder()
			.autoApprove(true)
			.transports(Transports.both().resumable(10).polled(Duration.ofMillis(20)))
			.start()) {
			SimulatorClient visitor = new SimulatorClient(polled);
			Tokens bearer = visitor.signIn();
			HttpResponse<String> answer = visitor.mcp(bearer, visitor.openSession(bearer), CALL, "mcp-protocol-version",
					"2025-11-25");
			assertThat(answer.body()).isEqualTo("id: call1-0\nretry: 20\ndata: \n\n");
		}
	}

	private Flux<ServerSentEvent<String>> post(SimulatorClient visitor) {
		return visitor.eventsOf(this.tokens, CALL, "mcp-session-id", this.session, "mcp-protocol-version",
				"2025-11-25");
	}

	private Flux<ServerSentEvent<String>> standing(String session) {
		return this.client.events("/v1/mcp", this.tokens, "mcp-session-id", session);
	}

	private Flux<ServerSentEvent<String>> resumed(String lastEventId) {
		return this.client.events("/v1/mcp", this.tokens, "mcp-session-id", this.session, "last-event-id", lastEventId);
	}

	private HttpResponse<String> get(String session, String lastEventId) {
		return this.client.get("/v1/mcp", "authorization", "Bearer " + this.tokens.access(), "mcp-session-id", session,
				"last-event-id", lastEventId);
	}

	private void step() {
		this.pace.emitNext(1, EmitFailureHandler.FAIL_FAST);
	}

}
