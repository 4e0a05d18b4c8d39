package dev.mcpbridge.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Programs of this machine, found where their packages put them.
 */
final class Programs {

	private Programs() {
	}

	/** Finds a program; Debian keeps some where only root looks. */
	static Optional<Path> find(String name) {
		String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/sbin:/usr/local/sbin";
		return Stream.of(path.split(":"))
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/**
	 * Finds a program that must be there.
	 * @throws IllegalStateException naming the package that has it
	 */
	static String require(String name, String debianPackage) {
		return find(name)
			.orElseThrow(() -> new IllegalStateException(
					"%s: not found (expected: on the PATH; Debian has it in %s)".formatted(name, debianPackage)))
			.toString();
	}

	/**
	 * Starts a program that ends when we end it, or end ourselves, in whatever way.
	 */
	static Process start(ProcessBuilder program) throws IOException {
		Process process = program.start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		return process;
	}

	/**
	 * Runs a program that ends by itself.
	 * @throws IllegalStateException with what it wrote if it ends with anything but 0
	 */
	static void run(List<String> command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new IllegalStateException(command.get(0) + ": " + output);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Finds a port nobody listens on. */
	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
