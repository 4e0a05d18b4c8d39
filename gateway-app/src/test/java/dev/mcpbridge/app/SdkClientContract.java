package dev.mcpbridge.app;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.mcp.AnswerStyle;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What a client made with the official Java SDK can do through the shipped gateway,
 * however the upstream answers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SdkClientContract {

	private static final Map<String, Object> ISSUE = Map.of("cloudId", "acme", "issueIdOrKey", "ACME-1");

	private static final Map<String, Object> SEARCH = Map.of("cloudId", "acme", "cql", "text ~ \"Countdown\"");

	private final Sinks.Many<Integer> pace = Sinks.many().multicast().onBackpressureBuffer(16, false);

	private final AtlassianSimulator atlassian;

	private final TestGateway gateway;

	SdkClientContract(AnswerStyle answers) {
		this.atlassian = AtlassianSimulator.builder().answers(answers).progressPace(this.pace.asFlux()).start();
		this.gateway = TestGateway.of(GatewayApplication.class)
			.property("mcp.bridge.upstream.url", this.atlassian.url().toString())
			.clock(this.atlassian.clock())
			.start();
	}

	@AfterAll
	void stop() {
		this.gateway.close();
		this.atlassian.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/mcp", "/v1/mcp", "/sse", "/v1/sse" })
	void listsAndCallsTools(String path) {
		String token = signIn(path).accessToken();
		try (SdkClient client = SdkClient.connect(this.gateway.url(), path, () -> token)) {
			assertThat(client.tools()).hasSize(24).contains("getJiraIssue", "searchConfluenceUsingCql");
			assertThat(client.call("getJiraIssue", ISSUE)).contains("Ignition fails in cold weather");
			assertThat(client.call("searchConfluenceUsingCql", SEARCH)).contains("Launch checklist");
		}
		assertThat(this.atlassian.requests()).noneMatch((request) -> request.toString().contains(token));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/mcp", "/v1/mcp", "/sse", "/v1/sse" })
	void hearsOfEachStepBeforeTheNextIsTaken(String path) throws Exception {
		String token = signIn(path).accessToken();
		try (SdkClient client = SdkClient.connect(this.gateway.url(), path, () -> token)) {
			CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> client.callWithProgress(3),
					(work) -> new Thread(work, "caller").start());
			for (int step = 1; step <= 3; step++) {
				assertThat(call).isNotDone();
				this.pace.emitNext(step, EmitFailureHandler.FAIL_FAST);
				assertThat(client.nextProgress()).isNotNull()
					.extracting(ProgressNotification::progress)
					.isEqualTo((double) step);
			}
			assertThat(call.get(20, TimeUnit.SECONDS)).contains("Done in 3 steps");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/mcp", "/sse" })
	void goesOnInItsSessionWhileTokensEnd(String path) {
		TestClient person = TestClient.register(this.gateway.url());
		TestClient.Tokens tokens = SdkClient.signIn(person, this.gateway.url(path));
		AtomicReference<String> bearer = new AtomicReference<>(tokens.accessToken());
		int before = this.atlassian.refreshes();
		try (SdkClient client = SdkClient.connect(this.gateway.url(), path, bearer::get)) {
			this.atlassian.clock().advance(Duration.ofMinutes(52));
			assertThat(client.call("getJiraIssue", ISSUE)).contains("Ignition");
			await().until(() -> this.atlassian.refreshes() == before + 1);

			this.atlassian.clock().advance(Duration.ofMinutes(4));
			assertThatThrownBy(() -> client.call("getJiraIssue", ISSUE)).extracting(Throwables::getStackTrace)
				.asString()
				.containsPattern("401|AuthorizationException");
			bearer.set(TestClient.tokens(person.refresh(tokens.refreshToken())).accessToken());
			assertThat(client.call("getJiraIssue", ISSUE)).contains("Ignition");
		}
		assertThat(this.atlassian.refreshes()).isEqualTo(before + 1);
	}

	private TestClient.Tokens signIn(String path) {
		return SdkClient.signIn(TestClient.register(this.gateway.url()), this.gateway.url(path));
	}

}
