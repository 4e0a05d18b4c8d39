package dev.mcpbridge.boards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The alerts begin when they should, as {@code promtool} sees it.
 */
class RuleTests {

	@Test
	void everyRuleIsOneForPrometheus() {
		DebianTool.PROMTOOL.expect();
		assertThat(DebianTool.PROMTOOL.run(arguments("check", Rules.files()))).contains("rules found");
	}

	@Test
	void everyAlertBeginsWhenItShouldAndNotElse() throws IOException {
		DebianTool.PROMTOOL.expect();
		try (Stream<Path> files = Files.list(Rules.TESTS)) {
			assertThat(DebianTool.PROMTOOL.run(arguments("test", files.sorted().toList()))).contains("SUCCESS");
		}
	}

	private static List<String> arguments(String what, List<Path> files) {
		return Stream.concat(Stream.of(what, "rules"), files.stream().map(Path::toString)).toList();
	}

}
