package dev.mcpbridge.app;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.FailingStore;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store that is away costs a login, and nothing more.
 */
@ExtendWith(OutputCaptureExtension.class)
class StoreOutageServerTests {

	@Test
	void aLoginEndsOnAPageAndItsCodeInNoLog(CapturedOutput output) {
		LeakDetector detector = new LeakDetector();
		try (AtlassianSimulator atlassian = AtlassianSimulator.start(); TestGateway gateway = inFrontOf(atlassian)) {
			OverheardClient client = new OverheardClient(gateway.url(), detector);
			URI callback = client.callback("allow");
			HttpResponse<String> page = client.client()
				.browser()
				.send(HttpRequest.newBuilder(callback).header("Accept", "text/html"));
			assertThat(page.statusCode()).isEqualTo(503);
			assertThat(page.body()).contains("Something went wrong in this gateway");
			HttpResponse<String> answer = client.token(Map.of("grant_type", "refresh_token", "client_id",
					client.client().clientId(), "refresh_token", "nonsense"));
			assertThat(answer.statusCode()).isEqualTo(400);
			detector.learnAllOf(atlassian);
		}
		assertThat(output).contains("no connection to the store").contains("path=/oauth/callback");
		assertThat(detector.leaksIn(List.of(output.getAll()))).isEmpty();
	}

	private static TestGateway inFrontOf(AtlassianSimulator atlassian) {
		return TestGateway.of(WithoutStore.class)
			.property("mcp.bridge.upstream.url", atlassian.url().toString())
			.start();
	}

	@Import(GatewayApplication.class)
	static class WithoutStore {

		@Bean
		BridgeStore store() {
			FailingStore store = new FailingStore(new MemoryStore(InstantSource.system(), 10));
			store.fail(FailingStore.Failure.SIGNALS);
			return store;
		}

	}

}
