package dev.mcpbridge.app.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.mcpbridge.app.probe.contract.Observation;
import dev.mcpbridge.app.probe.contract.Report;
import dev.mcpbridge.app.probe.contract.ReportJson;
import dev.mcpbridge.app.probe.contract.Verdict;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.ReceivedRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One run of the command in this process, by the simulator's clock: waiting moves it.
 *
 * @param status the exit status
 * @param out what went to the standard output
 * @param errors what went to the standard error
 * @param json the file it wrote
 */
record ProbeRun(int status, String out, String errors, String json) {

	private static final int FRAGMENT = 12;

	static ProbeRun of(AtlassianSimulator atlassian, URI target, String... options) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream errors = new ByteArrayOutputStream();
		try {
			Path json = Files.createTempFile("probe", ".json");
			List<String> arguments = new ArrayList<>(List.of("lifecycle", "--against=" + target, "--json=" + json));
			arguments.addAll(List.of(options));
			int status = new ProbeCommand(stream(out), stream(errors), atlassian.clock(),
					(end) -> atlassian.clock().advance(Duration.between(atlassian.clock().instant(), end)))
				.run(arguments);
			ProbeRun run = new ProbeRun(status, out.toString(StandardCharsets.UTF_8),
					errors.toString(StandardCharsets.UTF_8), Files.readString(json));
			run.tellsNothingOf(atlassian);
			return run;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns the report, which reads as it was written. */
	Report report() {
		Report report = ReportJson.read(this.json);
		assertThat(ReportJson.write(report)).isEqualTo(this.json);
		return report;
	}

	Map<String, String> seen(String step) {
		return observation(step).seen();
	}

	Observation observation(String step) {
		return report().observations()
			.stream()
			.filter((observation) -> observation.step().name().equals(step))
			.findFirst()
			.orElseThrow();
	}

	List<String> steps(Verdict verdict) {
		return report().observations()
			.stream()
			.filter((observation) -> observation.verdict() == verdict)
			.map((observation) -> observation.step().name())
			.toList();
	}

	/** Checks that all went as expected, and that nothing was left out. */
	void wentThrough() {
		assertThat(this.steps(Verdict.CHANGED)).as(this.out).isEmpty();
		assertThat(this.steps(Verdict.FAILED)).as(this.out).isEmpty();
		assertThat(this.steps(Verdict.SKIPPED)).as(this.out).isEmpty();
		assertThat(this.status).isZero();
	}

	/** Checks that one row alone is otherwise, and what it says. */
	void changedOnly(String step, String fact, String value) {
		assertThat(this.steps(Verdict.CHANGED)).as(this.out).containsExactly(step);
		assertThat(this.steps(Verdict.FAILED)).as(this.out).isEmpty();
		assertThat(observation(step).changed()).as(this.out).contains(fact);
		assertThat(seen(step)).containsEntry(fact, value);
		assertThat(this.out).contains("! " + fact);
		assertThat(this.status).isEqualTo(1);
	}

	void changedRows(String... steps) {
		assertThat(this.steps(Verdict.CHANGED)).as(this.out).containsExactly(steps);
		assertThat(this.steps(Verdict.FAILED)).as(this.out).isEmpty();
	}

	private void tellsNothingOf(AtlassianSimulator atlassian) {
		Set<String> secrets = new TreeSet<>(atlassian.issuedTokens());
		atlassian.requests(Endpoint.TOKEN).forEach((request) -> secrets.addAll(sent(request)));
		atlassian.requests(Endpoint.MCP).forEach((request) -> secrets.add(request.header("mcp-session-id")));
		Set<String> fragments = new HashSet<>();
		for (String secret : secrets) {
			for (int index = 0; index + FRAGMENT <= secret.length(); index++) {
				fragments.add(secret.substring(index, index + FRAGMENT));
			}
		}
		List<String> leaks = new ArrayList<>();
		for (String text : List.of(this.out, this.errors, this.json)) {
			for (int index = 0; index + FRAGMENT <= text.length(); index++) {
				String fragment = text.substring(index, index + FRAGMENT);
				if (fragments.contains(fragment)) {
					leaks.add(fragment);
				}
			}
		}
		assertThat(leaks).isEmpty();
	}

	private static List<String> sent(ReceivedRequest request) {
		return URLUtils.parseParameters(request.body())
			.entrySet()
			.stream()
			.filter((field) -> Set.of("code", "code_verifier", "refresh_token", "token").contains(field.getKey()))
			.flatMap((field) -> field.getValue().stream())
			.toList();
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

}
