package dev.mcpbridge.app;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.simulator.mcp.Transports;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The official TypeScript SDK takes streams up again where it lost them, if the upstream
 * has a memory.
 */
class NodeResumptionServerTests {

	@Test
	void aCallThatWasCutGoesOnWithoutAGapAndWithoutARepeat() throws Exception {
		try (Stage stage = stage(Transports.onlyStreamable().resumable(100));
				NodeClient client = NodeClient.connect(stage.url("/mcp"), "http")) {
			CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> client.callWithProgress(4));
			stage.step();
			assertThat(client.nextStep()).isEqualTo(1);
			stage.cutClients();
			stage.step();
			stage.step();
			assertThat(client.nextStep()).isEqualTo(2);
			assertThat(client.nextStep()).isEqualTo(3);
			stage.step();
			assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("Done in 4 steps");
			assertThat(stage.atlassian().mcp().calls().abandoned()).isZero();
			assertThat(stage.atlassian().requests()).extracting((request) -> request.header("last-event-id"))
				.anyMatch((id) -> id.matches("call\\d+-1"));
		}
	}

	@Test
	void anAnswerIsComeBackFor() throws Exception {
		try (Stage stage = stage(Transports.onlyStreamable().resumable(100).polled(Duration.ofMillis(50)));
				NodeClient client = NodeClient.connect(stage.url("/mcp"), "http")) {
			CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> client.callWithProgress(3));
			stage.step();
			stage.step();
			assertThat(client.nextStep()).isEqualTo(1);
			assertThat(client.nextStep()).isEqualTo(2);
			stage.step();
			assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("Done in 3 steps");
			assertThat(stage.atlassian().requests()).extracting((request) -> request.header("last-event-id"))
				.anyMatch((id) -> id.matches("call\\d+-0"));
		}
	}

	private static Stage stage(Transports transports) {
		return new Stage(UpstreamKind.STREAMABLE, UpstreamKind.STREAMABLE.simulated().transports(transports));
	}

}
