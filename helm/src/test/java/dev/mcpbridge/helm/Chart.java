package dev.mcpbridge.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.marcnuri.helm.Helm;

/**
 * The chart as it lies in this repository, rendered without a cluster.
 */
final class Chart {

	static final Path DIRECTORY = Path.of("mcp-bridge-gateway").toAbsolutePath();

	/** The oldest that is supported. */
	static final String KUBERNETES = "1.30.0";

	private Chart() {
	}

	static Helm helm() {
		return new Helm(DIRECTORY);
	}

	/** The values of every shape that is supported. */
	static List<Path> shapes() {
		try (Stream<Path> files = Files.list(DIRECTORY.resolve("ci"))) {
			return files.filter((file) -> file.getFileName().toString().endsWith("-values.yaml")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Path shape(String name) {
		return DIRECTORY.resolve("ci").resolve(name + "-values.yaml");
	}

	/**
	 * Renders it.
	 * @param values files, the later ones winning
	 * @return every object
	 */
	static Release render(Path... values) {
		return renderOther(DIRECTORY, values);
	}

	static Release renderOther(Path chart, Path... values) {
		var template = new Helm(chart).template().withName("bridge").withNamespace("mcp").withKubeVersion(KUBERNETES);
		for (Path file : values) {
			template.withValuesFile(file);
		}
		return new Release(Yaml.manifests(template.call()));
	}

	/** Renders it with values written as YAML, after those of a shape. */
	static Release render(String shape, String yaml) {
		return render(shape(shape), file(yaml));
	}

	static String read(String name) {
		return read(DIRECTORY.resolve(name));
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Path file(String yaml) {
		try {
			Path file = Files.createTempFile("values", ".yaml");
			file.toFile().deleteOnExit();
			return Files.writeString(file, yaml);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
