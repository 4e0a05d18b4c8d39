package dev.mcpbridge.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A gateway in a process of its own.
 */
final class Proxy implements AutoCloseable {

	private final ProxySpec spec;

	private final Process process;

	private final URI url;

	private final Jvm jvm;

	private Proxy(ProxySpec spec, Process process, URI url) {
		this.spec = spec;
		this.process = process;
		this.url = url;
		this.jvm = new Jvm(process.pid());
	}

	/**
	 * Starts one, and does not wait for it.
	 * @param spec which
	 * @param options how
	 * @param directory where it keeps what it has: keys, its store, its log
	 * @param properties what it is told, on top of what it needs
	 */
	static Proxy start(ProxySpec spec, Options options, Path directory, List<String> properties) {
		int port = Programs.freePort();
		List<String> command = new ArrayList<>(List.of(options.java().toString()));
		command.addAll(options.jvm());
		if (spec.kind() == ProxyKind.APP) {
			command.addAll(List.of("-jar", spec.jar().toString()));
		}
		else {
			command.addAll(List.of("-cp", ClassPath.of(spec.kind(), spec.jar(), options.metrics()),
					BareGateway.class.getName()));
		}
		command.add("--server.port=" + port);
		command.addAll(properties);
		try {
			Files.createDirectories(directory);
			Process process = Programs.start(new ProcessBuilder(Cores.ofGateways(command)).directory(directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(directory.resolve("log").toFile()));
			return new Proxy(spec, process, URI.create("http://127.0.0.1:%d/mcp".formatted(port)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Waits until it answers. */
	void await(String token) {
		Answering.await(this.process, this.url, token);
	}

	ProxySpec spec() {
		return this.spec;
	}

	/**
	 * Returns its MCP endpoint.
	 * @param query with its question mark, or nothing
	 */
	URI url(String query) {
		return URI.create(this.url + query);
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/** What Java says of it. */
	Jvm jvm() {
		return this.jvm;
	}

	/** What the kernel says of it. */
	Usage usage() {
		return Usage.of(this.process.pid());
	}

	@Override
	public void close() {
		this.jvm.close();
		this.process.destroyForcibly();
	}

}
