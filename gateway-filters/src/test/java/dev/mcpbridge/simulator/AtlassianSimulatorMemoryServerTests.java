package dev.mcpbridge.simulator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.mcpbridge.simulator.SimulatorClient.Tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AtlassianSimulatorMemoryServerTests {

	private final AtlassianSimulator atlassian = AtlassianSimulator.builder().autoApprove(true).start();

	private final SimulatorClient client = new SimulatorClient(this.atlassian);

	@AfterEach
	void close() {
		this.atlassian.close();
	}

	@Test
	void countsWhatHappened() {
		Tokens tokens = this.client.signIn();
		this.client.refreshed(this.client.refreshed(tokens));
		this.client.refresh("unknown", tokens.clientId());
		this.client.openSession(tokens);
		assertThat(this.atlassian.registrations()).isOne();
		assertThat(this.atlassian.authorizations()).isOne();
		assertThat(this.atlassian.refreshes()).isEqualTo(2);
		assertThat(this.atlassian.tokenRequests()).isEqualTo(4);
		assertThat(this.atlassian.mcpRequests()).isOne();
	}

	@Test
	void keepsWhatArrived() {
		Tokens tokens = this.client.signIn();
		this.client.mcp(tokens, null, SimulatorClient.message("ping", "{}"), "Cookie", "a=b");
		assertThat(this.atlassian.requests()).singleElement().satisfies((request) -> {
			assertThat(request.method()).isEqualTo("POST");
			assertThat(request.path()).isEqualTo("/v1/mcp");
			assertThat(request.header("AUTHORIZATION")).isEqualTo("Bearer " + tokens.access());
			assertThat(request.header("cookie")).isEqualTo("a=b");
			assertThat(request.header("x-missing")).isEmpty();
			assertThat(request.body()).contains("ping");
		});
		assertThat(this.atlassian.requests(Endpoint.TOKEN)).singleElement()
			.satisfies((request) -> assertThat(request.body()).contains("code_verifier"));
	}

	@Test
	void forgetsAllButTheLastThousand() {
		for (int i = 0; i <= 1000; i++) {
			this.client.get("/v1/mcp?" + i);
		}
		assertThat(this.atlassian.mcpRequests()).isEqualTo(1001);
		assertThat(this.atlassian.requests()).hasSize(1000).first().extracting(ReceivedRequest::query).isEqualTo("1");
	}

	@Test
	void takesNobodyWithoutTwentyFourHexDigits() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.atlassian.nextUser("jane"))
			.withMessage("person: jane (expected: 24 hex digits)");
	}

}
