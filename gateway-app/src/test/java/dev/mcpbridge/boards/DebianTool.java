package dev.mcpbridge.boards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A program of the Debian package {@code prometheus}. Without it a test is skipped.
 */
enum DebianTool {

	/** The server. */
	PROMETHEUS,

	/** What checks and tests its files. */
	PROMTOOL;

	private final String command = name().toLowerCase(Locale.ROOT);

	/** Where nobody would see that they were skipped, tests fail without it. */
	void expect() {
		assumeTrue(isThere() || "true".equals(System.getenv("CI")), "needs the Debian package prometheus");
		assertThat(isThere()).as(this.command + " is there").isTrue();
	}

	/** Starts it. */
	Process start(Path output, String... arguments) {
		try {
			return new ProcessBuilder(Stream.concat(Stream.of(this.command), Stream.of(arguments)).toList())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Runs it and expects that it is content. */
	String run(List<String> arguments) {
		List<String> command = new ArrayList<>(List.of(this.command));
		command.addAll(arguments);
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor()).as(said).isZero();
			return said;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean isThere() {
		return Stream.of(System.getenv("PATH").split(":"))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, this.command)));
	}

}
