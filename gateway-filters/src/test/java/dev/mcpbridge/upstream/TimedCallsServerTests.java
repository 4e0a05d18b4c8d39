package dev.mcpbridge.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestClient.Tokens;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each call of the upstream's authorization server is heard of once, with what came of
 * it.
 */
class TimedCallsServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final List<String> calls = new CopyOnWriteArrayList<>();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.property("mcp.bridge.refresh.background-rate", "0")
		.clock(atlassian.clock())
		.unguarded()
		.bean(UpstreamListener.class, new UpstreamListener() {
			@Override
			public void called(Operation operation, Outcome outcome, Duration took) {
				assertThat(took).isPositive();
				calls.add(operation + " " + outcome);
			}
		})
		.start();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@BeforeEach
	void forget() {
		atlassian.faults().clear();
		atlassian.clock().advance(Duration.ofHours(2));
		calls.clear();
	}

	@Test
	void aLoginAsksWhereTheServerIsRegistersAndRedeemsItsCode() {
		TestClient.register(gateway.url()).signIn();
		assertThat(calls).containsExactly("DISCOVERY OK", "REGISTRATION OK", "AUTHORIZATION_CODE OK");
	}

	@Test
	void aRefreshIsOneCallWhateverComesOfIt() {
		TestClient client = TestClient.register(gateway.url());
		Tokens tokens = client.signIn();
		calls.clear();
		atlassian.clock().advance(Duration.ofMinutes(56));
		atlassian.faults().next(1, Endpoint.TOKEN, Fault.status(500));
		client.refresh(tokens.refreshToken());
		assertThat(calls).containsExactly("REFRESH UNREACHABLE");
		atlassian.clock().advance(Duration.ofMinutes(1));
		Tokens renewed = TestClient.tokens(client.refresh(tokens.refreshToken()));
		assertThat(calls).containsExactly("REFRESH UNREACHABLE", "REFRESH OK");
		atlassian.clock().advance(Duration.ofMinutes(56));
		atlassian.faults().next(1, Endpoint.TOKEN, Fault.invalidClient());
		client.refresh(renewed.refreshToken());
		assertThat(calls).endsWith("REFRESH OK", "REFRESH REFUSED");
	}

	@Test
	void aTokenThatIsGivenBackIsOneCall() {
		TestClient client = TestClient.register(gateway.url());
		Tokens tokens = client.signIn();
		calls.clear();
		client.browser()
			.post(gateway.url("/revoke"), Map.of("client_id", client.clientId(), "token", tokens.refreshToken()));
		assertThat(calls).isNotEmpty().containsOnly("REVOCATION OK");
	}

	@Test
	void aServerThatCannotBeFoundIsUnreachable() {
		atlassian.faults().always(Endpoint.DISCOVERY, Fault.status(503));
		TestClient client = TestClient.register(gateway.url());
		client.decide(client.authorize(client.request()), "allow");
		assertThat(calls).contains("DISCOVERY UNREACHABLE").doesNotContain("DISCOVERY OK");
	}

	@Test
	void aRegistrationThatIsRefusedIsToldApartFromOneThatFails() {
		TestClient client = TestClient.register(gateway.url());
		atlassian.faults().next(1, Endpoint.REGISTER, Fault.status(403));
		client.decide(client.authorize(client.request()), "allow");
		assertThat(calls).endsWith("REGISTRATION REFUSED");
		atlassian.faults().next(1, Endpoint.REGISTER, Fault.status(502));
		client.decide(client.authorize(client.request()), "allow");
		assertThat(calls).endsWith("REGISTRATION UNREACHABLE");
	}

}
