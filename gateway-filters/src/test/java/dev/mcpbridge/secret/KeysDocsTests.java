package dev.mcpbridge.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands of the page about keys do what it says.
 */
class KeysDocsTests {

	private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh$(.*?)^```$");

	@Test
	@EnabledIf("thereIsAShell")
	void theStepsOfARotationMakeTheFilesTheyName(@TempDir Path directory) throws Exception {
		List<String> old = idsOf(made(directory.resolve("keys.json")));
		List<String> next = idsOf(made(directory.resolve("new.json")));
		Process shell = new ProcessBuilder("bash", "-e", "-c", commands()).directory(directory.toFile())
			.inheritIO()
			.start();
		assertThat(shell.waitFor()).isZero();
		assertThat(idsOf(directory.resolve("step1.json"))).containsExactlyElementsOf(joined(old, next));
		assertThat(idsOf(directory.resolve("step2.json"))).containsExactlyElementsOf(joined(next, old));
		assertThat(idsOf(directory.resolve("step3.json"))).containsExactlyElementsOf(next);
		KeyRing second = KeyRing.parse(Files.readString(directory.resolve("step2.json")));
		assertThat(List.of(second.signingKey().getKeyID(), second.sealingKeyId())).isEqualTo(next);
	}

	/** The one that starts Java is run by the tests of the jar. */
	private static String commands() throws IOException {
		return COMMANDS.matcher(Files.readString(Path.of("docs/keys.md")))
			.results()
			.map((block) -> block.group(1))
			.filter((block) -> !block.contains("java "))
			.collect(Collectors.joining());
	}

	private static Path made(Path file) {
		KeyFile.openOrCreate(file);
		return file;
	}

	private static List<String> idsOf(Path file) throws Exception {
		return JWKSet.parse(Files.readString(file)).getKeys().stream().map(JWK::getKeyID).toList();
	}

	private static List<String> joined(List<String> first, List<String> second) {
		return Stream.concat(first.stream(), second.stream()).toList();
	}

	static boolean thereIsAShell() {
		return Files.isExecutable(Path.of("/bin/bash")) || Files.isExecutable(Path.of("/usr/bin/bash"));
	}

}
