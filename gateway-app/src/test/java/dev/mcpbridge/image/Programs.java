package dev.mcpbridge.image;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs of this machine: which of them are there, and what they say.
 */
final class Programs {

	private static final Path JAVA_HOMES = Path.of("/usr/lib/jvm");

	private static final long PATIENCE_MINUTES = 15;

	private Programs() {
	}

	/** Returns what is missing for an image to be built and started here. */
	static List<String> missing() {
		List<String> missing = new ArrayList<>();
		Map<String, Boolean> needs = Map.of("Linux, as root", "root".equals(System.getProperty("user.name")), "buildah",
				isThere("buildah"), "unshare and setpriv", isThere("unshare") && isThere("setpriv"),
				"a Java 25 with jlink", java25().isPresent(), "the packaged jar",
				Files.exists(Path.of("target/gateway-app.jar")));
		needs.forEach((need, met) -> {
			if (!met) {
				missing.add(need);
			}
		});
		return missing;
	}

	/**
	 * Finds a Java of the image's version: the one that runs this, or an installed one.
	 */
	static Optional<Path> java25() {
		try (Stream<Path> installed = Files.isDirectory(JAVA_HOMES) ? Files.list(JAVA_HOMES) : Stream.empty()) {
			return Stream.concat(Stream.of(Path.of(System.getProperty("java.home"))), installed)
				.filter((home) -> Files.isExecutable(home.resolve("bin/jlink")) && isVersion25(home))
				.findFirst();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Runs one to its end, which has to be a good one.
	 * @param command its command line
	 * @return the lines of its standard output
	 */
	static List<String> run(List<String> command) {
		try {
			Path output = Files.createTempFile("output", ".log");
			Path errors = Files.createTempFile("errors", ".log");
			Process process = new ProcessBuilder(command).redirectOutput(output.toFile())
				.redirectError(errors.toFile())
				.start();
			assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).as(command.get(0)).isTrue();
			assertThat(process.exitValue()).as(() -> lastOf(errors)).isZero();
			return Files.readAllLines(output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String lastOf(Path log) {
		try {
			List<String> lines = Files.readAllLines(log);
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isVersion25(Path home) {
		try {
			return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"25");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static boolean isThere(String program) {
		return Stream.of((System.getenv("PATH") + ":/usr/sbin").split(File.pathSeparator))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, program)));
	}

}
