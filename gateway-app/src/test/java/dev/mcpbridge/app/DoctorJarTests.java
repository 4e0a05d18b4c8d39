package dev.mcpbridge.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code java -jar gateway-app.jar doctor}: before the first start, beside a gateway at
 * work, and with a configuration that starts nothing.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DoctorJarTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final RunningJar.Ports ports = RunningJar.Ports.free();

	static Path data;

	@BeforeAll
	static void start(@TempDir Path directory) {
		data = directory.resolve("data");
	}

	@AfterAll
	static void stop() {
		atlassian.close();
	}

	@Test
	@Order(1)
	void beforeTheFirstStartItChangesNothing() throws Exception {
		Run run = doctor("--json");
		assertThat(run.status()).as(run.output()).isZero();
		assertThat(run.troubles()).isEqualTo(Map.of("upstream.callback", "SKIPPED", "public.reach", "SKIPPED"));
		assertThat(run.seen("keys.file")).contains("will be made at the first start");
		assertThat(data).doesNotExist();
	}

	@Test
	@Order(2)
	void besideAGatewayAtWorkItSeesEverything() throws Exception {
		try (RunningJar jar = RunningJar.start(ports, Map.of(), properties())) {
			Run run = doctor("--json");
			assertThat(run.status()).as(run.output()).isZero();
			assertThat(run.troubles()).isEqualTo(Map.of("upstream.callback", "SKIPPED"));
			assertThat(run.seen("store.file")).contains("is in use by a running gateway");
			assertThat(run.seen("public.keys")).isEqualTo("8 questions, one key set");
			String keys = Files.readString(data.resolve("keys.json"));
			JsonMapper.shared()
				.readTree(keys)
				.get("keys")
				.forEach((key) -> Stream.of("d", "p", "q", "k")
					.map((member) -> key.path(member).asString(""))
					.filter((value) -> !value.isEmpty())
					.forEach((value) -> assertThat(run.output()).doesNotContain(value)));
			assertThat(JsonMapper.shared().readTree(jar.actuator("/mcpdoctor").body()).get("result").asString())
				.isEqualTo("OK");
		}
	}

	@Test
	@Order(3)
	void whatStopsTheStartIsNamedInOneLineForPeople() throws Exception {
		Run run = doctor("--mcp.bridge.authorization-server.consent=never",
				"--mcp.bridge.upstream.registration=per-client", "--logging.level.root=DEBUG");
		assertThat(run.status()).as(run.output()).isEqualTo(1);
		assertThat(run.output().lines()).contains("config",
				"  FAILURE  config.start  mcp.bridge.authorization-server.consent: never (expected: remember or always, unless mcp.bridge.upstream.registration=per-grant)")
			.last()
			.isEqualTo("failure: 1 failed, 0 warned, 0 skipped, 0 ok");
		assertThat(run.output()).doesNotContain("Exception", "\tat ", "DEBUG");
	}

	@Test
	@Order(4)
	void whatFailsBeforeThereIsALogLeavesTheObjectWhole() throws Exception {
		Run run = doctor("--json", "--mcp.bridge.upstream.profile=nonsense");
		assertThat(run.status()).as(run.output()).isEqualTo(1);
		assertThat(run.troubles()).isEqualTo(Map.of("config.start", "FAILURE"));
		assertThat(run.seen("config.start")).startsWith("mcp.bridge.upstream.profile: nonsense (expected: ")
			.contains("atlassian-authv2");
	}

	@Test
	@Order(5)
	void argumentsNobodyKnowsAreRefused() throws Exception {
		assertThat(doctor("--jason").status()).isEqualTo(2);
	}

	private static List<String> properties() {
		return List.of("--server.port=" + ports.server(), "--management.server.port=" + ports.actuator(),
				"--mcp.bridge.public-url=" + ports.url(), "--mcp.bridge.upstream.url=" + atlassian.url(),
				"--mcp.bridge.data-dir=" + data);
	}

	private static Run doctor(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
						Path.of("target", "gateway-app.jar").toString(), "doctor"));
		command.addAll(properties());
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Run(process.waitFor(), output);
	}

	/**
	 * A visit of the doctor.
	 *
	 * @param status its exit status
	 * @param output what it wrote to the standard output
	 */
	private record Run(int status, String output) {

		Map<String, String> troubles() {
			Map<String, String> troubles = new TreeMap<>();
			findings().filter((finding) -> !finding.get("severity").asString().equals("OK"))
				.forEach(
						(finding) -> troubles.put(finding.get("check").asString(), finding.get("severity").asString()));
			return troubles;
		}

		String seen(String check) {
			return findings().filter((finding) -> finding.get("check").asString().equals(check))
				.findFirst()
				.orElseThrow()
				.get("seen")
				.asString();
		}

		private Stream<JsonNode> findings() {
			return JsonMapper.shared().readTree(this.output).get("findings").valueStream();
		}

	}

}
