package dev.mcpbridge.app.probe;

import java.time.Duration;
import java.util.List;

import dev.mcpbridge.app.probe.contract.Verdict;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.AtlassianSimulatorBuilder;
import dev.mcpbridge.simulator.SettableClock;
import dev.mcpbridge.simulator.mcp.AnswerStyle;
import dev.mcpbridge.simulator.mcp.Transports;
import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.app.GatewayApplication;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole experiment, against every kind of service that behaves as it is known to.
 */
class ProbeLifecycleServerTests {

	@Test
	void theStreamableServiceIsAsExpected() {
		try (AtlassianSimulator atlassian = simulated().start()) {
			ProbeRun run = ProbeRun.of(atlassian, atlassian.url(), "--auto-approve", "--wait");
			run.wentThrough();
			assertThat(run.seen("token")).containsEntry("access-token", "opaque, parts of 24:16:32");
			assertThat(run.seen("tools")).containsEntry("count", "24");
			assertThat(run.observation("expired-token").step().took()).isBetween(Duration.ofSeconds(3300),
					Duration.ofSeconds(3400));
			assertThat(run.errors()).contains("expired-token: waits for the end of the access token");
			assertThat(atlassian.registrations()).isEqualTo(1);
			assertThat(atlassian.authorizations()).isEqualTo(1);
			assertThat(atlassian.revocations()).isEqualTo(1);
		}
	}

	@Test
	void theCapturedServiceIsAsExpected() {
		try (AtlassianSimulator atlassian = simulated().refuseInitialized().start()) {
			ProbeRun run = ProbeRun.of(atlassian, atlassian.url(), "--auto-approve", "--wait",
					"--profile=atlassian-sse");
			run.wentThrough();
			assertThat(run.seen("initialize")).containsEntry("endpoint", "/v1/sse/message");
			assertThat(atlassian.openStreams()).as("left open").isZero();
		}
	}

	@Test
	void theServiceThatForgivesNothingIsAsExpected() {
		try (AtlassianSimulator atlassian = simulated().authv2()
			.answers(AnswerStyle.SSE)
			.transports(Transports.onlyStreamable())
			.start()) {
			ProbeRun run = ProbeRun.of(atlassian, atlassian.url(), "--auto-approve", "--wait",
					"--profile=atlassian-authv2");
			run.wentThrough();
			assertThat(run.seen("used-refresh-token")).containsEntry("answer", "refused with 403 unauthorized_client");
			assertThat(run.seen("lifetime")).containsEntry("expires_in", "28800 s");
		}
	}

	@Test
	void withoutWaitingTheLoginIsGivenBackAtOnce() {
		try (AtlassianSimulator atlassian = simulated().start()) {
			ProbeRun run = ProbeRun.of(atlassian, atlassian.url(), "--auto-approve");
			assertThat(run.steps(Verdict.SKIPPED)).containsExactly("expired-token", "refresh-after-end",
					"call-after-end");
			assertThat(run.seen("revocation")).containsEntry("access-token", "refused with 401");
			assertThat(run.status()).isZero();
		}
	}

	@Test
	void withoutALoginTheStepsBeforeItAreDone() {
		try (AtlassianSimulator atlassian = simulated().start()) {
			ProbeRun run = ProbeRun.of(atlassian, atlassian.url(), "--no-login");
			assertThat(run.steps(Verdict.AS_EXPECTED)).containsExactly("resource-metadata", "challenge", "discovery",
					"registration");
			assertThat(run.steps(Verdict.SKIPPED)).hasSize(15);
			assertThat(run.status()).isZero();
			assertThat(atlassian.issuedTokens()).isEmpty();
		}
	}

	@Test
	void aPersonIsNotPlayed() {
		try (AtlassianSimulator atlassian = AtlassianSimulator.builder().clock(SettableClock.ticking()).start()) {
			ProbeRun run = ProbeRun.of(atlassian, atlassian.url(), "--auto-approve");
			assertThat(run.steps(Verdict.FAILED)).containsExactly("sign-in");
			assertThat(run.out()).contains("waits for a person");
			assertThat(run.status()).isEqualTo(1);
		}
	}

	@Test
	void anotherToolIsCalledIfSoWanted() {
		try (AtlassianSimulator atlassian = simulated().start()) {
			ProbeRun run = ProbeRun.of(atlassian, atlassian.url(), "--auto-approve", "--tool=getJiraIssue",
					"--arguments={\"cloudId\":\"acme\",\"issueIdOrKey\":\"ACME-1\"}");
			assertThat(run.status()).isZero();
			assertThat(atlassian.requests()).anyMatch((request) -> request.body().contains("\"getJiraIssue\""))
				.noneMatch((request) -> request.body().contains("\"atlassianUserInfo\""));
		}
	}

	@Test
	void ourOwnGatewayIsAsExpected() {
		try (AtlassianSimulator atlassian = simulated().start();
				TestGateway gateway = TestGateway.of(GatewayApplication.class)
					.property("mcp.bridge.upstream.url", atlassian.url().toString())
					.property("mcp.bridge.authorization-server.consent", "never")
					.clock(atlassian.clock())
					.start()) {
			ProbeRun run = ProbeRun.of(atlassian, gateway.url(), "--auto-approve", "--wait",
					"--profile=mcp-bridge-gateway");
			run.wentThrough();
			assertThat(run.seen("lifetime").get("expires_in")).matches("32[1-4]\\d s");
			assertThat(List.of(run.out(), run.json(), run.errors())).noneMatch((text) -> text.contains("eyJ"));
		}
	}

	static AtlassianSimulatorBuilder simulated() {
		return AtlassianSimulator.builder().autoApprove(true);
	}

}
