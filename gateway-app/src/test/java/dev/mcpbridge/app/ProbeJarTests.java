package dev.mcpbridge.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.simulator.AtlassianSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The probe as people run it: by the machine's clock, with nothing but the report on the
 * standard output.
 */
class ProbeJarTests {

	@TempDir
	Path folder = Path.of("");

	@Test
	void theJarProbes() throws Exception {
		try (AtlassianSimulator atlassian = AtlassianSimulator.builder().autoApprove(true).start()) {
			Path json = this.folder.resolve("report.json");
			int status = run("probe", "lifecycle", "--against=" + atlassian.url(), "--auto-approve", "--lifetime=PT3S",
					"--json=" + json);
			assertThat(status).as(output()).isEqualTo(1);
			assertThat(output()).startsWith(atlassian.url() + " as atlassian-v1, ")
				.contains("changed       expired-token: ")
				.contains("\n18 as expected, 1 changed, 0 skipped, 0 failed, in ");
			assertThat(errors()).contains("expired-token: waits").contains(" s to wait, until ");
			LeakDetector detector = new LeakDetector();
			detector.learnAllOf(atlassian);
			assertThat(detector.leaksIn(List.of(output(), errors(), Files.readString(json)))).isEmpty();
		}
	}

	private int run(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
						Path.of("target", "gateway-app.jar").toString()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectOutput(this.folder.resolve("out").toFile())
			.redirectError(this.folder.resolve("errors").toFile())
			.start();
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		return process.exitValue();
	}

	private String output() throws IOException {
		return Files.readString(this.folder.resolve("out"));
	}

	private String errors() throws IOException {
		return Files.readString(this.folder.resolve("errors"));
	}

}
