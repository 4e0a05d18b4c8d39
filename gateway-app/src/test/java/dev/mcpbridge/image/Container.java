package dev.mcpbridge.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The image as a container runtime would start it: its entrypoint, its user, its
 * environment, in namespaces of its own but for the network. The root is read-only.
 */
final class Container implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/** Its child is the container's first process, and does not outlive it. */
	private static final List<String> NAMESPACES = List.of("unshare", "--mount", "--pid", "--ipc", "--uts", "--fork",
			"--kill-child", Path.of("src/test/image/contain").toAbsolutePath().toString());

	private final Process runtime;

	private final Path output;

	private Container(Process runtime, Path output) {
		this.runtime = runtime;
		this.output = output;
	}

	/**
	 * Starts one.
	 * @param image what
	 * @param data what is mounted at {@code /data}
	 * @param more variables beside those of the image
	 * @param arguments what follows the entrypoint
	 */
	static Container start(BuiltImage image, Path data, Map<String, String> more, String... arguments) {
		List<String> command = new ArrayList<>(NAMESPACES);
		command.addAll(List.of(image.root().toString(), data.toString()));
		command.addAll(List.of(image.user().split(":")));
		command.add(image.workingDirectory());
		command.addAll(image.entrypoint());
		command.addAll(List.of(arguments));
		try {
			Path output = Files.createTempFile("container", ".log");
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().clear();
			builder.environment().putAll(image.environment());
			builder.environment().putAll(more);
			return new Container(builder.start(), output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns what the kernel says of its process, such as {@code Uid} and
	 * {@code CapEff}.
	 */
	String status(String name) throws IOException {
		return Files.readAllLines(process("status"))
			.stream()
			.filter((line) -> line.startsWith(name + ":"))
			.map((line) -> line.substring(name.length() + 1).strip())
			.findFirst()
			.orElseThrow();
	}

	/** Finds a file as the process sees it, mounts included. */
	Path file(String path) {
		return process("root" + path);
	}

	/** Sends SIGTERM to its process, and waits. */
	int terminate() throws InterruptedException {
		first().destroy();
		return exitCode();
	}

	/** Waits for its end. */
	int exitCode() throws InterruptedException {
		assertThat(this.runtime.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(this::output).isTrue();
		return this.runtime.exitValue();
	}

	boolean isAlive() {
		return this.runtime.isAlive();
	}

	String output() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.runtime.destroyForcibly();
		await().atMost(PATIENCE).until(() -> !this.runtime.isAlive());
	}

	private Path process(String entry) {
		return Path.of("/proc/%d/%s".formatted(first().pid(), entry));
	}

	private ProcessHandle first() {
		return this.runtime.toHandle().children().findFirst().orElseThrow();
	}

}
