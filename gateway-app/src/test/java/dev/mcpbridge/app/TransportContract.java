package dev.mcpbridge.app;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.simulator.AtlassianSimulator;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a client can do through the shipped gateway, whichever transport it speaks and
 * whichever the upstream does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TransportContract {

	private static final Map<String, Object> ISSUE = Map.of("cloudId", "acme", "issueIdOrKey", "ACME-1");

	private final String path;

	private final UpstreamKind upstream;

	private final Stage stage;

	private final AtlassianSimulator atlassian;

	/**
	 * Begins the stage.
	 * @param path the client's endpoint, which tells its transport
	 * @param upstream what is behind the gateway
	 */
	TransportContract(String path, UpstreamKind upstream) {
		this.path = path;
		this.upstream = upstream;
		this.stage = new Stage(upstream);
		this.atlassian = this.stage.atlassian();
	}

	@AfterEach
	void nothingIsLeftUpstream() {
		patiently().until(this::isForgotten);
	}

	@AfterAll
	void stop() {
		this.stage.close();
	}

	@Test
	void listsEveryPageOfToolsAndCallsThem() {
		try (McpUser client = connect()) {
			assertThat(client.tools()).hasSize(24).contains("getJiraIssue", "searchConfluenceUsingCql");
			assertThat(client.call("getJiraIssue", ISSUE)).contains("Ignition fails in cold weather");
			assertThat(client.call("atlassianUserInfo", Map.of())).contains("Jane Doe");
		}
	}

	/**
	 * The last step comes with the answer, after which the TypeScript SDK may not tell it
	 * any more.
	 */
	@Test
	void hearsOfEachStepBeforeTheNextIsTaken() throws Exception {
		try (McpUser client = connect()) {
			CompletableFuture<String> call = begin(client);
			for (int step = 1; step <= 3; step++) {
				assertThat(call).isNotDone();
				this.stage.step();
				assertThat(client.nextStep()).isEqualTo(step);
			}
			this.stage.step();
			assertThat(call.get(20, TimeUnit.SECONDS)).contains("Done in 4 steps");
		}
	}

	@Test
	void aCancelledCallStopsUpstream() throws Exception {
		int before = this.atlassian.mcp().calls().cancelled();
		try (McpUser client = connect()) {
			CompletableFuture<String> call = begin(client);
			patiently().until(() -> this.atlassian.mcp().calls().running() == 1);
			this.stage.step();
			assertThat(client.nextStep()).isEqualTo(1);
			client.cancelCall();
			patiently().until(() -> this.atlassian.mcp().calls().cancelled() == before + 1);
			assertThat(this.atlassian.mcp().calls().running()).isZero();
			assertThat(client.call("getJiraIssue", ISSUE)).contains("Ignition");
			assertThat(call.isDone() && !call.isCompletedExceptionally()).as("an answer").isFalse();
		}
	}

	@Test
	void hearsWhatTheServerSaysAndAnswersWhatItAsks() throws Exception {
		try (McpUser client = connect()) {
			patiently().until(() -> this.atlassian.openStreams() == 1);
			this.atlassian.announceToolsChanged();
			client.awaitToolChange();
			this.atlassian.mcp().log("Maintenance at noon");
			assertThat(client.nextLog()).isEqualTo("Maintenance at noon");
			String id = this.atlassian.mcp().ask("ping", JsonNodeFactory.instance.objectNode());
			patiently().until(() -> this.atlassian.mcp()
				.answers()
				.stream()
				.anyMatch((answer) -> answer.path("id").asString().equals(id) && answer.has("result")));
		}
	}

	@Test
	void goesOnAfterItsConnectionWasCut() {
		try (McpUser client = connect()) {
			assertThat(client.call("getJiraIssue", ISSUE)).contains("Ignition");
			this.stage.cutClients();
			goesOn(client);
		}
	}

	@Test
	void goesOnAfterTheUpstreamWasCut() {
		try (McpUser client = connect()) {
			patiently().until(() -> this.atlassian.openStreams() == 1);
			this.stage.cutUpstream();
			goesOnWithoutUpstreamStreams(client);
		}
	}

	@Test
	void itsEndReachesTheUpstream() {
		try (McpUser client = connect()) {
			patiently().until(() -> this.atlassian.openStreams() == 1);
			calls(client);
		}
		patiently().until(this::isForgotten);
	}

	/**
	 * Does what the SDK leaves to whoever uses it, then expects the next call to work.
	 */
	void goesOn(McpUser client) {
		calls(client);
	}

	/**
	 * Does the same where the upstream's streams were cut.
	 */
	void goesOnWithoutUpstreamStreams(McpUser client) {
		goesOn(client);
	}

	/** Signs somebody in and connects. */
	abstract McpUser connect(Stage stage, String path);

	/** Connects once more, as somebody else. */
	final McpUser connect() {
		return connect(this.stage, this.path);
	}

	final AtlassianSimulator atlassian() {
		return this.atlassian;
	}

	static void calls(McpUser client) {
		assertThat(client.call("getJiraIssue", ISSUE)).contains("Ignition fails in cold weather");
	}

	/** With HTTP+SSE, the upstream is not told more than that nobody reads any more. */
	private boolean isForgotten() {
		return this.atlassian.openStreams() == 0
				&& (this.upstream == UpstreamKind.SSE || this.atlassian.mcp().sessions() == 0);
	}

	private static CompletableFuture<String> begin(McpUser client) {
		return CompletableFuture.supplyAsync(() -> client.callWithProgress(4), TransportContract::caller);
	}

	private static void caller(Runnable work) {
		Thread thread = new Thread(work, "caller");
		thread.setDaemon(true);
		thread.start();
	}

	static ConditionFactory patiently() {
		return await().atMost(Duration.ofSeconds(20));
	}

}
