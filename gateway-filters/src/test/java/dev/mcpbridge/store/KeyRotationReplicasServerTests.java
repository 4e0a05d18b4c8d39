package dev.mcpbridge.store;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.secret.RotatedKeys;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replicas that read their keys at different times.
 */
@ExtendWith(OutputCaptureExtension.class)
class KeyRotationReplicasServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final LocalRedis redis = LocalRedis.start();

	private final RotatedKeys keys = new RotatedKeys();

	private final Path early;

	private final Path late;

	private TestGateway one;

	private TestGateway other;

	KeyRotationReplicasServerTests(@TempDir Path directory) {
		this.early = directory.resolve("early.json");
		this.late = directory.resolve("late.json");
		this.keys.write(this.early, "A");
		this.keys.write(this.late, "A");
		this.one = replica(this.early).start();
		this.other = replica(this.late).property("mcp.bridge.public-url", this.one.url().toString()).start();
	}

	@AfterEach
	void close() {
		this.other.close();
		this.one.close();
	}

	@AfterAll
	static void stop() {
		redis.close();
		atlassian.close();
	}

	@Test
	void inTheSafeOrderNobodyNoticesWhoIsLate() {
		TestClient client = TestClient.register(this.one.url());
		TestClient.Tokens tokens = client.signIn();
		for (String[] step : List.of(new String[] { "A", "B" }, new String[] { "B", "A" }, new String[] { "B" })) {
			for (TestGateway replica : List.of(this.one, this.other)) {
				use(replica, step);
				for (TestGateway asked : List.of(this.one, this.other, this.one)) {
					assertThat(call(asked, client, tokens).statusCode()).isEqualTo(200);
					tokens = TestClient.tokens(refresh(asked, client, tokens));
					TestGateway next = (asked == this.one) ? this.other : this.one;
					assertThat(call(next, client, tokens).statusCode()).isEqualTo(200);
				}
			}
		}
		assertThat(client.signIn().accessToken()).isNotEmpty();
	}

	@Test
	void aReplicaThatLacksAKeySaysSoAndLosesNobody(CapturedOutput output) {
		TestClient client = TestClient.register(this.one.url());
		TestClient.Tokens tokens = client.signIn();
		use(this.one, "B", "A");
		assertThat(call(this.one, client, tokens).statusCode()).isEqualTo(200);
		HttpResponse<String> late = call(this.other, client, tokens);
		assertThat(late.statusCode()).isEqualTo(503);
		assertThat(late.headers().firstValue("Retry-After")).isPresent();
		assertThat(refresh(this.other, client, tokens).statusCode()).isEqualTo(503);
		assertThat(output).contains("stored value unreadable kind=grant reason=missing_key");
		use(this.other, "B", "A");
		assertThat(call(this.other, client, tokens).statusCode()).isEqualTo(200);
		assertThat(refresh(this.other, client, tokens).statusCode()).isEqualTo(200);
	}

	private void use(TestGateway replica, String... names) {
		this.keys.write((replica == this.one) ? this.early : this.late, names);
		replica.bean(KeyFile.class).reload();
	}

	private static HttpResponse<String> call(TestGateway gateway, TestClient client, TestClient.Tokens tokens) {
		return client.call(gateway.url("/mcp").toString(), tokens.accessToken(), """
				{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
				"capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
	}

	private static HttpResponse<String> refresh(TestGateway gateway, TestClient client, TestClient.Tokens tokens) {
		return client.browser()
			.post(gateway.url("/access-token"), Map.of("grant_type", "refresh_token", "client_id", client.clientId(),
					"refresh_token", tokens.refreshToken()));
	}

	/** Without the upstream token inside, so that only the store can tell what it is. */
	private static TestGateway.Builder replica(Path keys) {
		return TestGateway.inFrontOf(atlassian.url())
			.property("mcp.bridge.store", "redis")
			.property("spring.data.redis.port", Integer.toString(redis.port()))
			.property("mcp.bridge.token.wrap", "reference")
			.property("mcp.bridge.keys", keys.toString());
	}

}
