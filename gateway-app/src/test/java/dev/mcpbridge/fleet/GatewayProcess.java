package dev.mcpbridge.fleet;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The test's end of the line to a {@link CommandedGateway}.
 */
final class GatewayProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Duration DEATH = Duration.ofSeconds(20);

	private static final String END = "end";

	/** It is to start soon, and nobody minds how fast it gets later. */
	private static final List<String> JVM = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto",
			"-Xmx256m", "-Dio.netty.eventLoopThreads=2", "-Dreactor.netty.ioWorkerCount=2");

	private final Process process;

	private final Path output;

	private final PrintWriter orders;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final URI url;

	private GatewayProcess(Process process, Path output) {
		this.process = process;
		this.output = output;
		this.orders = new PrintWriter(process.outputWriter(), true);
		Thread listener = new Thread(this::listen, "gateway " + process.pid());
		listener.setDaemon(true);
		listener.start();
		String listening = answer();
		assertThat(listening).as(this::output).startsWith(CommandedGateway.LISTENING);
		this.url = URI.create("http://localhost:" + listening.substring(CommandedGateway.LISTENING.length()));
	}

	/** Starts one and waits until it listens. */
	static GatewayProcess start(Duration clockAhead, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(JVM);
		command.addAll(List.of("-cp", absolute(System.getProperty("java.class.path")), CommandedGateway.class.getName(),
				clockAhead.toString()));
		command.addAll(arguments);
		try {
			Path output = Files.createTempFile("gateway", ".log");
			return new GatewayProcess(new ProcessBuilder(command).redirectError(output.toFile()).start(), output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	URI url() {
		return this.url;
	}

	long pid() {
		return this.process.pid();
	}

	void advance(Duration time) {
		order(CommandedGateway.ADVANCE + time);
	}

	/** Lets it end by itself at the next call like this. */
	void dieAt(Moment moment) {
		order(CommandedGateway.DIE + moment);
	}

	/** Waits for the end it was told to take. */
	void awaitDeath() {
		try {
			assertThat(this.process.waitFor(DEATH.toSeconds(), TimeUnit.SECONDS)).as("it is dead").isTrue();
			assertThat(this.process.exitValue()).isEqualTo(SuddenDeath.KILLED);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Ends it as {@code kill -9} does. */
	void kill() {
		this.process.destroyForcibly();
		awaitDeath();
	}

	/**
	 * Asks it to end, as a cluster does, and waits until it has.
	 * @return what it ended with
	 */
	int terminate() {
		this.process.toHandle().destroy();
		try {
			assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it has ended").isTrue();
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	boolean isAlive() {
		return this.process.isAlive();
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

	private void order(String order) {
		this.orders.println(order);
		assertThat(answer()).as(this::output).isEqualTo(CommandedGateway.DONE);
	}

	private String answer() {
		try {
			String answer = this.answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			return (answer != null) ? answer : "nothing within " + PATIENCE;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void listen() {
		try (BufferedReader lines = this.process.inputReader()) {
			lines.lines().forEach(this.answers::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.answers.add(END);
		}
	}

	private static String absolute(String classPath) {
		return String.join(File.pathSeparator,
				List.of(classPath.split(File.pathSeparator))
					.stream()
					.map((entry) -> Path.of(entry).toAbsolutePath().toString())
					.toList());
	}

}
