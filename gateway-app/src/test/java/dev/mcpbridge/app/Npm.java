package dev.mcpbridge.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The packages of {@code src/test/node}, installed once for as long as the build
 * directory lives. Without Node, or a registry to have them from, a test is skipped.
 */
final class Npm {

	private static final Path SOURCES = Path.of("src/test/node");

	private static final Path INSTALLED = Path.of("target/node");

	private static final String PACKAGES = "package.json";

	private static final List<String> SCRIPTS = List.of("commands.mjs", "client.mjs", "modern.mjs");

	private Npm() {
	}

	/** Returns where scripts may import the packages. */
	static Path directory() {
		assumeTrue(Installation.HAS_NODE || isExpected(), "needs Node 20 or newer");
		assertThat(Installation.HAS_NODE).as("Node 20 or newer is there").isTrue();
		assumeTrue(Installation.DONE || isExpected(), "needs a registry of npm packages");
		assertThat(Installation.DONE).as("the packages are installed").isTrue();
		return INSTALLED.toAbsolutePath();
	}

	/**
	 * Where nobody would see that they were skipped, tests fail without Node or a
	 * registry.
	 */
	private static boolean isExpected() {
		return "true".equals(System.getenv("CI"));
	}

	private static boolean install() {
		try {
			Files.createDirectories(INSTALLED);
			for (String script : SCRIPTS) {
				Files.copy(SOURCES.resolve(script), INSTALLED.resolve(script), StandardCopyOption.REPLACE_EXISTING);
			}
			if (isInstalled()) {
				return true;
			}
			Files.copy(SOURCES.resolve(PACKAGES), INSTALLED.resolve(PACKAGES), StandardCopyOption.REPLACE_EXISTING);
			boolean installed = run(INSTALLED, "npm", "install", "--no-package-lock", "--no-audit", "--no-fund",
					"--ignore-scripts", "--silent", "--fetch-retries=1");
			if (!installed) {
				Files.delete(INSTALLED.resolve(PACKAGES));
			}
			return installed;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isInstalled() throws IOException {
		Path packages = INSTALLED.resolve(PACKAGES);
		return Files.exists(packages) && Files.mismatch(packages, SOURCES.resolve(PACKAGES)) < 0;
	}

	private static boolean run(Path directory, String... command) {
		try {
			Process process = new ProcessBuilder(List.of(command)).directory(directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (process.waitFor(3, TimeUnit.MINUTES)) {
				return process.exitValue() == 0;
			}
			process.destroyForcibly();
			return false;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Asked for once, whatever comes of it. */
	private static final class Installation {

		static final boolean HAS_NODE = run(Path.of("."), "node", "-e",
				"process.exit(Number.parseInt(process.versions.node) >= 20 ? 0 : 1)");

		static final boolean DONE = HAS_NODE && install();

	}

}
