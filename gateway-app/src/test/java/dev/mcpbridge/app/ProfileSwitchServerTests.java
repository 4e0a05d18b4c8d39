package dev.mcpbridge.app;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docs/operations.md} says of moving to another upstream profile: the same
 * gateway, its store and its keys, started again with another one.
 */
@SuppressWarnings("try") // A gateway need only be there.
class ProfileSwitchServerTests {

	private final URI url = URI.create("http://localhost:" + freePort());

	private final Path directory;

	ProfileSwitchServerTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void betweenProfilesOfOneAuthorizationServerNobodyLogsIn() {
		try (AtlassianSimulator atlassian = AtlassianSimulator.start()) {
			TestClient client;
			TestClient.Tokens tokens;
			try (TestGateway before = gateway(atlassian, "atlassian-sse")) {
				client = TestClient.register(this.url);
				tokens = client.signIn();
				assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
			}
			try (TestGateway after = gateway(atlassian, "atlassian-v1")) {
				assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
				TestClient.Tokens renewed = TestClient.tokens(client.refresh(tokens.refreshToken()));
				assertThat(client.initialize(renewed.accessToken()).statusCode()).isEqualTo(200);
			}
			try (TestGateway back = gateway(atlassian, "atlassian-sse")) {
				assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
			}
			assertThat(atlassian.authorizations()).isOne();
		}
	}

	@Test
	void atAnotherAuthorizationServerEverybodyLogsInOnceAndOnlyAnEndSaysSoClearly() {
		try (AtlassianSimulator old = AtlassianSimulator.start();
				AtlassianSimulator authv2 = AtlassianSimulator.builder().authv2().start()) {
			TestClient client;
			TestClient.Tokens tokens;
			try (TestGateway before = gateway(old, "atlassian-v1")) {
				client = TestClient.register(this.url);
				tokens = client.signIn();
			}
			try (TestGateway after = gateway(authv2, "atlassian-authv2")) {
				assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(401);
				tokens = TestClient.tokens(client.refresh(tokens.refreshToken()));
				assertThat(client.initialize(tokens.accessToken()).statusCode()).as("round and round").isEqualTo(401);
				assertThat(old.refreshes()).as("renewed where it came from").isPositive();

				assertThat(endAll(after)).isOne();
				HttpResponse<String> told = client.refresh(tokens.refreshToken());
				assertThat(told.statusCode()).isEqualTo(400);
				assertThat(told.body()).contains("invalid_grant");

				TestClient.Tokens anew = client.signIn();
				assertThat(client.initialize(anew.accessToken()).statusCode()).isEqualTo(200);
				assertThat(authv2.authorizations()).isOne();
			}
		}
	}

	/** As the guide does it: lists the grants, and ends each. */
	private static int endAll(TestGateway gateway) {
		String port = gateway.bean(Environment.class).getRequiredProperty("local.management.port");
		URI endpoint = URI.create("http://localhost:%s/actuator/mcpbridge".formatted(port));
		Browser operator = new Browser();
		int ended = 0;
		for (JsonNode grant : TestClient.json(operator.get(URI.create(endpoint + "/grants?limit=1000")))
			.get("grants")) {
			URI one = URI.create("%s?grant=%s".formatted(endpoint, grant.get("id").asString()));
			ended += TestClient.json(operator.send(HttpRequest.newBuilder(one).DELETE())).get("ended").asInt();
		}
		return ended;
	}

	private TestGateway gateway(AtlassianSimulator atlassian, String profile) {
		return TestGateway.of(GatewayApplication.class)
			.property("server.port", String.valueOf(this.url.getPort()))
			.property("mcp.bridge.public-url", this.url.toString())
			.property("mcp.bridge.store", "embedded")
			.property("mcp.bridge.data-dir", this.directory.toString())
			.property("mcp.bridge.upstream.url", atlassian.url().toString())
			.property("mcp.bridge.upstream.profile", profile)
			.property("management.server.port", "0")
			.start();
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
