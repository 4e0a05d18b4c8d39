package dev.mcpbridge.app.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.mcpbridge.app.probe.contract.Verdict;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.AtlassianSimulatorBuilder;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.simulator.oauth.RotationRule;
import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Services that are not what they were: each change is in one row, and nothing else.
 */
class ProbeDeviationServerTests {

	static final AtlassianSimulator atlassian = ProbeLifecycleServerTests.simulated().start();

	@TempDir
	Path folder = Path.of("");

	@AfterEach
	void mend() {
		atlassian.faults().clear();
		atlassian.refuseFreshTokens(0);
	}

	@AfterAll
	static void stop() {
		atlassian.close();
	}

	@Test
	void tokensOfAnotherShape() {
		probed((simulator) -> simulator.tokenLook((token) -> "at_" + token.replace(":", ""))).changedOnly("token",
				"access-token", "opaque, 75 characters");
	}

	@Test
	void refreshTokensThatAreNotReplaced() {
		atlassian.faults().next(1, Endpoint.TOKEN, Fault.altered("as ever", UnaryOperator.identity()));
		atlassian.faults().always(Endpoint.TOKEN, inTokens((tokens) -> tokens.remove("refresh_token")));
		ProbeRun run = probed("--auto-approve", "--wait");
		run.changedOnly("rotation", "refresh-token", "not replaced");
		assertThat(run.observation("used-refresh-token").note()).isEqualTo("the refresh token was not replaced");
	}

	@Test
	void usedRefreshTokensThatAreRefusedAtOnce() {
		probed((simulator) -> simulator.rotation(RotationRule.SINGLE_USE)).changedOnly("used-refresh-token", "answer",
				"refused with 403 unauthorized_client");
	}

	@Test
	void aRefusalWithoutChallenge() {
		atlassian.faults().always(Endpoint.MCP, withoutChallenge("\"Missing or invalid access token\""));
		probed("--auto-approve", "--wait").changedOnly("challenge", "challenge", "none");
	}

	@Test
	void anEndWithoutChallenge() {
		atlassian.faults().always(Endpoint.MCP, withoutChallenge("\"Invalid access token\""));
		probed("--auto-approve", "--wait").changedOnly("expired-token", "challenge", "none");
	}

	@Test
	void tokensThatOutliveTheirEnd() {
		try (AtlassianSimulator generous = ProbeLifecycleServerTests.simulated()
			.tokenLifetime(Duration.ofHours(8))
			.start()) {
			generous.faults().always(Endpoint.TOKEN, inTokens((tokens) -> tokens.put("expires_in", 3300)));
			ProbeRun.of(generous, generous.url(), "--auto-approve", "--wait")
				.changedOnly("expired-token", "status", "200");
		}
	}

	@Test
	void tokensThatDoNotSayTheirEnd() {
		atlassian.faults().always(Endpoint.TOKEN, inTokens((tokens) -> tokens.remove("expires_in")));
		ProbeRun run = probed("--auto-approve", "--wait");
		run.changedOnly("lifetime", "expires_in", "not said");
		assertThat(run.observation("expired-token").note()).contains("--lifetime");
		probed("--auto-approve", "--lifetime=PT55M5S").changedOnly("lifetime", "expires_in", "not said");
	}

	@Test
	void tokensOfAnotherLifetimeAndSinceWhen() throws IOException {
		ProbeRun before = probed("--auto-approve");
		Path earlier = Files.writeString(this.folder.resolve("earlier.json"), before.json());
		assertThat(probed("--auto-approve", "--compare=" + earlier).out()).contains("Nothing changed since then.");
		try (AtlassianSimulator other = ProbeLifecycleServerTests.simulated()
			.tokenLifetime(Duration.ofHours(1))
			.start()) {
			ProbeRun run = ProbeRun.of(other, other.url(), "--auto-approve", "--wait", "--compare=" + earlier);
			run.changedOnly("lifetime", "expires_in", "3600 s");
			assertThat(run.out()).endsWith("""
					Changed since then:
					  lifetime, expires_in: was 3300 s, is 3600 s
					""");
		}
	}

	@Test
	void metadataThatIsGone() {
		atlassian.faults().always(Endpoint.DISCOVERY, Fault.status(404));
		probed("--auto-approve").changedOnly("discovery", "metadata", "none");
	}

	@Test
	void anIssuerTheGatewayWouldNotTrust() {
		ProbeRun run = probed((simulator) -> simulator.issuer("https://elsewhere.example"));
		run.changedOnly("discovery", "trusted", "no");
		assertThat(run.out()).contains("issuer: https://elsewhere.example (expected: ");
	}

	@Test
	void metadataOfTheResourceThatIsNew() {
		probed(AtlassianSimulatorBuilder::publishResourceMetadata, "--no-login").changedRows("resource-metadata",
				"challenge");
	}

	@Test
	void clientsThatAreRefused() {
		atlassian.faults()
			.always(Endpoint.REGISTER,
					Fault.altered("allow-list",
							(answer) -> Answer.json(400, Json.object()
								.put("error", "invalid_redirect_uri")
								.put("error_description", "Your organization admin must authorize this domain"))));
		ProbeRun run = probed("--auto-approve");
		run.changedOnly("registration", "answer", "refused with 400 invalid_redirect_uri");
		assertThat(run.out()).contains("the server says: Your organization admin must authorize this domain");
		assertThat(run.steps(Verdict.SKIPPED)).hasSize(15);
	}

	@Test
	void noTools() {
		atlassian.faults()
			.always(Endpoint.MCP,
					inJson("\"tools\":[", (answer) -> ((ObjectNode) answer.path("result")).putArray("tools")));
		probed("--auto-approve").changedOnly("tools", "names", "");
	}

	@Test
	void anOutageIsNoChange() {
		atlassian.faults().always(Endpoint.TOKEN, Fault.status(503));
		ProbeRun run = probed("--auto-approve");
		assertThat(run.steps(Verdict.FAILED)).containsExactly("token");
		assertThat(run.steps(Verdict.CHANGED)).isEmpty();
		assertThat(run.out()).contains("the token endpoint: SERVER_ERROR");
		assertThat(run.status()).isEqualTo(1);
	}

	@Test
	void tokensThatAreKnownEverywhereALittleLater() {
		atlassian.refuseFreshTokens(1);
		ProbeRun run = probed("--auto-approve", "--wait");
		run.wentThrough();
		assertThat(run.observation("initialize").note()).contains("a moment later");
		assertThat(run.observation("new-access-token").note()).contains("a moment later");
	}

	@Test
	void aServiceThatRepeatsWhatItWasSentIsNotQuoted() {
		try (AtlassianSimulator other = ProbeLifecycleServerTests.simulated().start()) {
			other.faults()
				.always(Endpoint.MCP,
						inJson("\"serverInfo\"", (answer) -> ((ObjectNode) answer.path("result").path("serverInfo"))
							.put("name", String.join(" ", other.issuedTokens()))));
			ProbeRun run = ProbeRun.of(other, other.url(), "--auto-approve");
			assertThat(run.seen("initialize")).containsEntry("server", "*** ***");
		}
	}

	@Test
	void aPortThatIsTaken() {
		ByteArrayOutputStream errors = new ByteArrayOutputStream();
		PrintStream stream = new PrintStream(errors, true, StandardCharsets.UTF_8);
		int status = new ProbeCommand(stream, stream, atlassian.clock(), (end) -> {
		}).run(List.of("lifecycle", "--no-login", "--port=" + atlassian.url().getPort(),
				"--against=" + atlassian.url()));
		assertThat(status).isEqualTo(2);
		assertThat(errors.toString(StandardCharsets.UTF_8)).contains("(expected: a free port)");
	}

	@Test
	void aProgramOpensThePage() throws IOException {
		assumeThat(Path.of("/usr/bin/curl")).exists();
		Path program = this.folder.resolve("open.sh");
		Files.createFile(program, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		Files.writeString(program, "#!/bin/sh\nexec curl -sL -o /dev/null \"$1\"\n");
		ProbeRun run = probed("--open=" + program);
		assertThat(run.status()).as(run.out()).isZero();
	}

	@Test
	void nobodySignsIn() {
		ProbeRun run = probed("--patience=PT0.1S");
		assertThat(run.errors()).contains("Open this address").contains("/v1/authorize?");
		assertThat(run.steps(Verdict.FAILED)).containsExactly("sign-in");
		assertThat(run.out()).contains("nobody came back within 0 s");
	}

	private static ProbeRun probed(String... options) {
		return ProbeRun.of(atlassian, atlassian.url(), options);
	}

	private static ProbeRun probed(UnaryOperator<AtlassianSimulatorBuilder> change, String... options) {
		try (AtlassianSimulator other = change.apply(ProbeLifecycleServerTests.simulated()).start()) {
			return ProbeRun.of(other, other.url(),
					(options.length > 0) ? options : new String[] { "--auto-approve", "--wait" });
		}
	}

	private static Fault inTokens(Consumer<ObjectNode> change) {
		return inJson("\"access_token\"", change);
	}

	private static Fault inJson(String mark, Consumer<ObjectNode> change) {
		return Fault.altered(mark, (answer) -> {
			if (!(answer instanceof Answer.Whole whole) || !whole.body().contains(mark)) {
				return answer;
			}
			ObjectNode body = (ObjectNode) Json.parse(whole.body()).orElseThrow();
			change.accept(body);
			return new Answer.Whole(whole.status(), whole.headers(), body.toString());
		});
	}

	private static Fault withoutChallenge(String mark) {
		return Fault.altered("no challenge",
				(answer) -> (answer instanceof Answer.Whole whole && whole.body().contains(mark))
						? Answer.text(whole.status(), "application/json", whole.body()) : answer);
	}

}
