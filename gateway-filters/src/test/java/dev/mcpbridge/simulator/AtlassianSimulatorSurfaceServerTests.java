package dev.mcpbridge.simulator;

import org.junit.jupiter.api.Test;

import dev.mcpbridge.simulator.SimulatorClient.Tokens;
import dev.mcpbridge.simulator.mcp.Transports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that speaks one transport does not know the other, except for who may ask.
 */
class AtlassianSimulatorSurfaceServerTests {

	@Test
	void onlySseIsServed() throws InterruptedException {
		try (AtlassianSimulator atlassian = serving(Transports.onlySse())) {
			SimulatorClient client = new SimulatorClient(atlassian);
			Tokens tokens = client.signIn();
			assertThat(client.mcp(tokens, null, SimulatorClient.message("initialize", "{}")).statusCode())
				.isEqualTo(404);
			assertThat(client.post("/v1/mcp", "{}").statusCode()).isEqualTo(401);
			assertThat(new LegacyStream(client, tokens).first().event()).isEqualTo("endpoint");
			assertThat(atlassian.mcp().sessions()).isOne();
		}
	}

	@Test
	void onlyStreamableIsServed() {
		try (AtlassianSimulator atlassian = serving(Transports.onlyStreamable())) {
			SimulatorClient client = new SimulatorClient(atlassian);
			Tokens tokens = client.signIn();
			String bearer = "Bearer " + tokens.access();
			assertThat(client.get("/v1/sse", "authorization", bearer).statusCode()).isEqualTo(404);
			assertThat(client.post("/v1/sse/message?sessionId=1", "{}", "authorization", bearer).statusCode())
				.isEqualTo(404);
			String session = client.openSession(tokens);
			assertThat(atlassian.mcp().sessions()).isOne();
			client.send("DELETE", "/v1/mcp", "mcp-session-id", session, "authorization", bearer);
			assertThat(atlassian.mcp().sessions()).isZero();
		}
	}

	private static AtlassianSimulator serving(Transports transports) {
		return AtlassianSimulator.builder().autoApprove(true).transports(transports).start();
	}

}
