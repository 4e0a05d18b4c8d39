package dev.mcpbridge.refresh;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.testing.Caller;
import dev.mcpbridge.testing.Crowd;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * However many need a grant at once, its tokens are renewed once, and nobody fails.
 */
class ThousandCallersServerTests {

	static final int CALLERS = 1000;

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.property("mcp.bridge.token.lifetime", "PT8H")
		.start();

	static final Crowd crowd = new Crowd();

	final Caller caller = signIn();

	final int refreshes = atlassian.refreshes();

	final Sinks.Empty<Void> word = Sinks.empty();

	@AfterAll
	static void stop() {
		crowd.close();
		gateway.close();
		atlassian.close();
	}

	@AfterEach
	void heal() {
		this.word.tryEmitEmpty();
		atlassian.faults().clear();
	}

	@Test
	void noneOfAThousandWaitsForTheRefreshOfAnAgeingGrant() {
		atlassian.faults().always(Endpoint.TOKEN, Fault.hold(this.word.asMono()));
		atlassian.clock().advance(Duration.ofMinutes(52));
		String old = bearerOfOnePing();
		assertThat(crowd.ping(CALLERS, this.caller)).as("answers while the refresh is held")
			.hasSize(CALLERS)
			.containsOnly(200);
		await().until(() -> atlassian.refreshes() == this.refreshes + 1);
		this.word.tryEmitEmpty();
		await("the new token").until(() -> !bearerOfOnePing().equals(old));
		assertThat(crowd.ping(CALLERS, this.caller)).hasSize(CALLERS).containsOnly(200);
		assertThat(atlassian.refreshes()).isEqualTo(this.refreshes + 1);
	}

	@Test
	void aThousandWaitForTheOneRefreshOfAStaleGrant() {
		atlassian.faults().always(Endpoint.TOKEN, Fault.hold(this.word.asMono()));
		atlassian.clock().advance(Duration.ofMinutes(56));
		int served = atlassian.mcpRequests();
		int sent = crowd.sent();
		CompletableFuture<List<Integer>> answers = crowd.begin(Collections.nCopies(CALLERS, this.caller));
		await().until(() -> crowd.sent() == sent + CALLERS);
		await().until(() -> atlassian.refreshes() == this.refreshes + 1);
		assertThat(answers).isNotDone();
		assertThat(atlassian.mcpRequests()).as("requests with a token that is over").isEqualTo(served);
		this.word.tryEmitEmpty();
		assertThat(answers.join()).hasSize(CALLERS).containsOnly(200);
		assertThat(atlassian.refreshes()).isEqualTo(this.refreshes + 1);
	}

	private String bearerOfOnePing() {
		assertThat(crowd.ping(1, this.caller)).containsExactly(200);
		return atlassian.requests().get(atlassian.requests().size() - 1).header("authorization");
	}

	private static Caller signIn() {
		TestClient client = TestClient.register(gateway.url());
		return Caller.of(client, client.signIn());
	}

}
