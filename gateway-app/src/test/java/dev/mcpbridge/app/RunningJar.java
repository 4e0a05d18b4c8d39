package dev.mcpbridge.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.testing.Browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The packaged gateway in a process of its own, started with {@code java -jar}.
 */
final class RunningJar implements AutoCloseable {

	private static final Path JAR = Path.of("target", "gateway-app.jar");

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final Process process;

	private final Path output;

	private final Ports ports;

	private RunningJar(Process process, Path output, Ports ports) {
		this.process = process;
		this.output = output;
		this.ports = ports;
	}

	/** Starts it and waits until it is ready. */
	static RunningJar start(Ports ports, Map<String, String> environment, List<String> arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
		command.addAll(arguments);
		try {
			Path output = Files.createTempFile("gateway-app", ".log");
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().putAll(environment);
			RunningJar jar = new RunningJar(builder.start(), output, ports);
			await().atMost(PATIENCE).until(jar::isReady);
			return jar;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	URI url(String path) {
		return this.ports.url().resolve(path);
	}

	HttpResponse<String> actuator(String path) {
		return new Browser().get(this.ports.management().resolve("/actuator" + path));
	}

	/** Ends it as {@code kill -9} does. */
	void kill() throws InterruptedException {
		this.process.destroyForcibly();
		assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	/** Sends SIGTERM and waits for its end. */
	int terminate() throws InterruptedException {
		this.process.destroy();
		assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		return this.process.exitValue();
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
		this.process.destroyForcibly();
	}

	private boolean isReady() {
		assertThat(this.process.isAlive()).as(this::output).isTrue();
		try {
			return actuator("/health/readiness").statusCode() == 200;
		}
		catch (UncheckedIOException ex) {
			assertThat(ex).hasCauseInstanceOf(ConnectException.class);
			return false;
		}
	}

	/**
	 * Where it listens.
	 *
	 * @param server the port for clients
	 * @param actuator the port for operators
	 */
	record Ports(int server, int actuator) {

		static Ports free() {
			try (ServerSocket one = new ServerSocket(0); ServerSocket other = new ServerSocket(0)) {
				return new Ports(one.getLocalPort(), other.getLocalPort());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		URI url() {
			return URI.create("http://localhost:" + this.server);
		}

		URI management() {
			return URI.create("http://localhost:" + this.actuator);
		}

	}

}
