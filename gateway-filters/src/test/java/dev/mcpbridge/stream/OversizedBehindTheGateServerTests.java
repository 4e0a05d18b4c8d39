package dev.mcpbridge.stream;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole of {@code McpBridge}: the gate keeps bodies to send them again, gives each
 * 401 its shape and maps failures. One answer comes of it all the same.
 */
@Timeout(60)
class OversizedBehindTheGateServerTests {

	private static final byte[] TOO_LARGE = new byte[10 * 1024 * 1024 + 1];

	@Test
	void aRequestThatIsTooLargeIsAnsweredOnce() throws Exception {
		try (AtlassianSimulator atlassian = AtlassianSimulator.start();
				TestGateway gateway = TestGateway.inFrontOf(atlassian.url()).clock(atlassian.clock()).start()) {
			TestClient client = TestClient.register(gateway.url());
			String token = client.signIn().accessToken();
			OversizedRequestServerTests.assertRefused(post(gateway, token, BodyPublishers.ofByteArray(TOO_LARGE)));
			OversizedRequestServerTests.assertRefused(
					post(gateway, token, BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(TOO_LARGE))));
			assertThat(post(gateway, "none", BodyPublishers.ofByteArray(TOO_LARGE)).statusCode())
				.as("who is not let in is told that")
				.isEqualTo(401);
			assertThat(client.initialize(token).statusCode()).isEqualTo(200);
		}
	}

	private static HttpResponse<String> post(TestGateway gateway, String token, BodyPublisher body) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(gateway.url("/mcp"))
				.header("Authorization", "Bearer " + token)
				.header("Content-Type", "application/json")
				.header("Accept", "application/json, text/event-stream")
				.POST(body)
				.build(), BodyHandlers.ofString());
	}

}
