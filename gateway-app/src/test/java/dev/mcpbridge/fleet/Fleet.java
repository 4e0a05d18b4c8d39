package dev.mcpbridge.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.store.LocalRedis;

/**
 * Gateways of one public URL, one key file, one store and one clock, which is the
 * upstream's too.
 */
final class Fleet implements AutoCloseable {

	/**
	 * What a restart takes in real life: longer than the lease of a process that died.
	 */
	static final Duration RESTART = Duration.ofMinutes(2);

	private final AtlassianSimulator atlassian;

	private final Map<String, Object> properties = new LinkedHashMap<>();

	private final List<GatewayProcess> processes = new ArrayList<>();

	private final int publicPort = freePort();

	/** Gateways with an embedded store, so one at a time. */
	Fleet(AtlassianSimulator atlassian) {
		this.atlassian = atlassian;
		Path directory = temporaryDirectory();
		Path keys = directory.resolve("keys.json");
		KeyFile.openOrCreate(keys);
		property("mcp.bridge.keys", keys);
		property("mcp.bridge.data-dir", directory);
		property("mcp.bridge.public-url", publicUrl());
		property("mcp.bridge.upstream.url", atlassian.url());
		property("mcp.bridge.token.lifetime", "PT240H");
		property("management.server.port", "-1");
		property("server.shutdown", "immediate");
		property("spring.main.banner-mode", "off");
		property("spring.jmx.enabled", "false");
		property("logging.level.root", "warn");
	}

	/**
	 * Gateways that share a Redis. They wait for it longer than by default: with all of
	 * them on one machine, what is late is their own turn, not its answer.
	 */
	static Fleet ofReplicas(AtlassianSimulator atlassian, LocalRedis redis) {
		return new Fleet(atlassian).property("mcp.bridge.store", "redis")
			.property("spring.data.redis.port", redis.port())
			.property("mcp.bridge.store-timeout", "10s");
	}

	/** Sets a property of those that start from now on. */
	Fleet property(String name, Object value) {
		this.properties.put(name, value);
		return this;
	}

	/** Where people log in; the first process to be started listens there. */
	URI publicUrl() {
		return URI.create("http://localhost:" + this.publicPort);
	}

	/** Starts one at the public URL. */
	GatewayProcess startAtPublicUrl() {
		return start(this.publicPort);
	}

	/** Starts more beside it, all at once. */
	List<GatewayProcess> startBeside(int count) {
		return Stream.generate(() -> CompletableFuture.supplyAsync(() -> start(0), (work) -> new Thread(work).start()))
			.limit(count)
			.toList()
			.stream()
			.map(CompletableFuture::join)
			.toList();
	}

	/** Puts all clocks forward. */
	synchronized void advance(Duration time) {
		this.atlassian.clock().advance(time);
		this.processes.stream().filter(GatewayProcess::isAlive).forEach((process) -> process.advance(time));
	}

	@Override
	public synchronized void close() {
		this.processes.forEach(GatewayProcess::close);
	}

	private GatewayProcess start(int port) {
		List<String> arguments = new ArrayList<>();
		arguments.add("--server.port=" + port);
		this.properties.forEach((name, value) -> arguments.add("--%s=%s".formatted(name, value)));
		Duration ahead = Duration.between(InstantSource.system().instant(), this.atlassian.clock().instant());
		GatewayProcess process = GatewayProcess.start(ahead, arguments);
		synchronized (this) {
			this.processes.add(process);
		}
		return process;
	}

	private static Path temporaryDirectory() {
		try {
			return Files.createTempDirectory("fleet");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
