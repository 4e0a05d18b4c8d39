package dev.mcpbridge.image;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the Dockerfile became.
 *
 * @param buildah the builder, as it is called
 * @param root the root file system
 * @param configuration what a container is to be started with, as OCI writes it
 */
record BuiltImage(List<String> buildah, Path root, JsonNode configuration) implements AutoCloseable {

	private static final String SCRIPT = "src/test/image/build";

	private static final String NAME = "localhost/mcp-bridge-gateway";

	/** Builds it around the packaged jar. */
	static BuiltImage build(Path java25) {
		Path work = Path.of("target", "image").toAbsolutePath();
		List<String> buildah = List.of("buildah", "--root", work.resolve("store").toString(), "--runroot",
				work.resolve("run").toString(), "--storage-driver", "vfs");
		List<String> said = Programs.run(List.of(SCRIPT, work.toString(), java25.toString()));
		JsonNode inspected = JsonMapper.shared()
			.readTree(String.join("", Programs.run(with(buildah, "inspect", "--type", "image", NAME))));
		return new BuiltImage(buildah, Path.of(said.get(said.size() - 1)), inspected.at("/OCIv1/config"));
	}

	String user() {
		return this.configuration.get("User").asString();
	}

	String workingDirectory() {
		return this.configuration.get("WorkingDir").asString();
	}

	List<String> entrypoint() {
		return this.configuration.get("Entrypoint").valueStream().map(JsonNode::asString).toList();
	}

	Map<String, String> environment() {
		Map<String, String> environment = new LinkedHashMap<>();
		this.configuration.get("Env")
			.valueStream()
			.map((variable) -> variable.asString().split("=", 2))
			.forEach((variable) -> environment.put(variable[0], variable[1]));
		return environment;
	}

	/** Returns the names below an object of the configuration, such as its volumes. */
	List<String> namesIn(String object) {
		return this.configuration.get(object).propertyNames().stream().sorted().toList();
	}

	/** Gives the disk space back. */
	@Override
	public void close() {
		Programs.run(with(this.buildah, "rm", "--all"));
		Programs.run(with(this.buildah, "rmi", "--all", "--force"));
	}

	private static List<String> with(List<String> command, String... arguments) {
		return Stream.concat(command.stream(), Stream.of(arguments)).toList();
	}

}
