package dev.mcpbridge.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The kustomize in kubectl, which needs no cluster.
 */
final class Kustomize {

	static final Path MANIFESTS = Path.of("../k8s").toAbsolutePath().normalize();

	private Kustomize() {
	}

	/**
	 * Tells whether there is one, or has to be. Those of old versions of kubectl do not
	 * know resources that are directories.
	 */
	static boolean isExpected() {
		return HelmLibrary.isExpected() && ("true".equals(System.getenv("CI")) || works());
	}

	static Release build(String directory) {
		return new Release(Yaml.manifests(run(MANIFESTS.resolve(directory))));
	}

	private static boolean works() {
		try {
			Path outer = Files.createTempDirectory("kustomize");
			Path inner = Files.createDirectory(outer.resolve("inner"));
			Files.writeString(inner.resolve("kustomization.yaml"),
					"configMapGenerator: [{name: a, literals: [a=b]}]\n");
			Files.writeString(outer.resolve("kustomization.yaml"), "resources: [inner]\n");
			return !run(outer).isEmpty();
		}
		catch (IOException | UncheckedIOException | IllegalStateException ex) {
			return false;
		}
	}

	private static String run(Path directory) {
		try {
			Path errors = Files.createTempFile("kustomize", ".txt");
			errors.toFile().deleteOnExit();
			Process process = new ProcessBuilder("kubectl", "kustomize", directory.toString())
				.redirectError(errors.toFile())
				.start();
			String built = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0 || Files.size(errors) > 0) {
				process.destroy();
				throw new IllegalStateException(
						"kubectl kustomize %s: %s".formatted(directory, Files.readString(errors)));
			}
			return built;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
