package dev.mcpbridge.app.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the command line may be.
 */
class ProbeCommandTests {

	private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

	@Test
	void whatIsNotKnownIsRefusedAndWhatIsKnownIsNamed() {
		assertThat(run()).isEqualTo(2);
		assertThat(said()).contains("probe: nothing (expected: lifecycle, ");
		assertThat(run("death")).isEqualTo(2);
		assertThat(said()).contains("probe: death (expected: lifecycle, ");
		assertThat(run("lifecycle", "--agains=https://mcp.atlassian.com")).isEqualTo(2);
		assertThat(said()).contains("option: --agains=https://mcp.atlassian.com (expected: one of --against=…, ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--against=http://mcp.atlassian.com | --against: http://mcp.atlassian.com (expected: an https URL
			--against=https://mcp.atlassian.com/v1/mcp | (expected: an origin
			--profile=atlassian-v3 | --profile: atlassian-v3 (expected: one of atlassian-v1, atlassian-sse
			--lifetime=55m | --lifetime: 55m (expected: a duration such as PT55M)
			--lifetime=-PT1M | --lifetime: -PT1M (expected: a duration such as PT55M)
			--port=http | --port: http (expected: a port
			--port=70000 | --port: 70000 (expected: a port
			--wait=yes | option: --wait=yes (expected: one of
			--json | option: --json (expected: one of
			--json= | --json:  (expected: a file)
			--json=/no/such/folder/report.json | --json: /no/such/folder/report.json (expected: a file in a folder
			--compare=/no/such/report.json | --compare: /no/such/report.json (expected: a file the probe wrote
			--wait --lifetime=PT1M | --wait: with --lifetime (expected: one of them)
			--open --auto-approve | --auto-approve: with --open (expected: one of them)
			--no-login --wait | --no-login: with --wait (expected: one of them)
			--wait --wait | --wait: given twice (expected: once)
			--arguments={} | --arguments: {} (expected: only together with --tool)
			--tool=x --arguments=[] | --arguments: [] (expected: a JSON object)
			--tool=x --arguments={ | --arguments: { (expected: a JSON object)
			""")
	void whatMakesNoSenseIsRefusedBeforeAnythingIsDone(String options, String complaint) {
		List<String> arguments = new ArrayList<>(List.of("lifecycle"));
		arguments.addAll(List.of(options.split(" ")));
		assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
		assertThat(said()).contains(complaint);
	}

	@Test
	void aFileThatIsNoReportIsNotComparedWith(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("report.json"), "{\"version\": 2}");
		assertThat(run("lifecycle", "--compare=" + file)).isEqualTo(2);
		assertThat(said()).contains("(expected: a file the probe wrote with --json)");
	}

	@Test
	void theOptionsMeanWhatTheySay() {
		ProbeOptions options = OptionReader.read(List.of("--against=HTTP://localhost:8080/", "--lifetime=PT5S",
				"--open=./sign-in.sh", "--patience=PT30S", "--port=3000", "--tool=search", "--arguments={\"a\":1}"));
		assertThat(options.against()).hasToString("http://localhost:8080");
		assertThat(options.profile()).isEqualTo("atlassian-v1");
		assertThat(options.waiting().wanted()).isTrue();
		assertThat(options.waiting().lifetime()).isEqualTo(Duration.ofSeconds(5));
		assertThat(options.login())
			.isEqualTo(new ProbeOptions.Login(ProbeOptions.Way.OPENED, "./sign-in.sh", Duration.ofSeconds(30), 3000));
		assertThat(OptionReader.read(List.of()).against()).hasToString("https://mcp.atlassian.com");
		assertThat(OptionReader.read(List.of()).login().way()).isEqualTo(ProbeOptions.Way.TOLD);
	}

	private int run(String... arguments) {
		PrintStream stream = new PrintStream(this.errors, true, StandardCharsets.UTF_8);
		return new ProbeCommand(stream, stream, InstantSource.system(), (end) -> {
			throw new AssertionError("waits");
		}).run(List.of(arguments));
	}

	private String said() {
		return this.errors.toString(StandardCharsets.UTF_8);
	}

}
