package dev.mcpbridge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Function;

import redis.embedded.RedisServer;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A real Redis server that can be stopped, frozen, and replaced on its port by one that
 * knows less.
 */
public final class BreakableRedis implements AutoCloseable {

	private static final String DUMP = "dump.rdb";

	private final int port;

	private final Path directory;

	private RedisServer server;

	private long frozen;

	private BreakableRedis(int port, Path directory) throws IOException {
		this.port = port;
		this.directory = directory;
		this.server = started();
	}

	/**
	 * Starts a server that writes to disk only when told.
	 * @return the server
	 */
	public static BreakableRedis start() {
		try {
			return new BreakableRedis(freePort(), Files.createTempDirectory("redis"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns where it listens, whatever becomes of it.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/** Writes what it knows to disk: what a replica has that lags from now on. */
	public void save() {
		ask((connection) -> {
			connection.serverCommands().save();
			return "";
		});
	}

	/** Stops it; what was not saved is gone. */
	public void stop() {
		try {
			this.server.stop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Starts it with nothing. */
	public void startEmpty() {
		try {
			Files.deleteIfExists(this.directory.resolve(DUMP));
			this.server = started();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Starts it with what was saved. */
	public void startAsSaved() {
		try {
			this.server = started();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Lets it hang: it keeps its connections and answers nothing. */
	public void freeze() {
		this.frozen = Long.parseLong(ask((connection) -> {
			Properties info = connection.serverCommands().info("server");
			return (info != null) ? info.getProperty("process_id") : "";
		}));
		signal("-STOP");
	}

	/** Lets it go on. */
	public void thaw() {
		signal("-CONT");
		this.frozen = 0;
	}

	@Override
	public void close() {
		if (this.frozen != 0) {
			thaw();
		}
		stop();
	}

	private RedisServer started() throws IOException {
		RedisServer server = RedisServer.newRedisServer()
			.port(this.port)
			.setting("save \"\"")
			.setting("dir " + this.directory)
			.setting("dbfilename " + DUMP)
			.build();
		server.start();
		return server;
	}

	private String ask(Function<RedisConnection, String> question) {
		LettuceConnectionFactory connections = new LettuceConnectionFactory("localhost", this.port);
		connections.afterPropertiesSet();
		connections.start();
		try (RedisConnection connection = connections.getConnection()) {
			return question.apply(connection);
		}
		finally {
			connections.destroy();
		}
	}

	private void signal(String signal) {
		try {
			int status = new ProcessBuilder("kill", signal, Long.toString(this.frozen)).start().waitFor();
			if (status != 0) {
				throw new IllegalStateException("kill: " + status + " (expected: 0)");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
