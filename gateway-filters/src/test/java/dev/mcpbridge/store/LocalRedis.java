package dev.mcpbridge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/**
 * A real Redis server on a free port, and a connection to it.
 */
public final class LocalRedis implements AutoCloseable {

	private static final int ATTEMPTS = 3;

	private final int port;

	private final RedisServer server;

	private final LettuceConnectionFactory connections;

	private final List<LettuceConnectionFactory> more = new ArrayList<>();

	private LocalRedis(int port, RedisServer server, LettuceConnectionFactory connections) {
		this.port = port;
		this.server = server;
		this.connections = connections;
	}

	/**
	 * Starts a server that keeps nothing on disk.
	 * @return the server
	 */
	public static LocalRedis start() {
		return startWith();
	}

	/**
	 * Starts a server that keeps nothing on disk.
	 * @param settings more lines of its configuration
	 * @return the server
	 */
	public static LocalRedis startWith(String... settings) {
		for (int attempt = 1;; attempt++) {
			try {
				return startOnce(settings);
			}
			catch (IOException ex) {
				// Somebody else may have taken the port since it was found free.
				if (attempt == ATTEMPTS) {
					throw new UncheckedIOException(ex);
				}
			}
		}
	}

	private static LocalRedis startOnce(String... settings) throws IOException {
		int port = freePort();
		RedisServerBuilder builder = RedisServer.newRedisServer().port(port).setting("save \"\"");
		for (String setting : settings) {
			builder.setting(setting);
		}
		RedisServer server = builder.build();
		server.start();
		LettuceConnectionFactory connections = new LettuceConnectionFactory("localhost", port);
		connections.afterPropertiesSet();
		connections.start();
		return new LocalRedis(port, server, connections);
	}

	/**
	 * Returns where it listens.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Returns a connection to it.
	 * @return the template
	 */
	public ReactiveStringRedisTemplate redis() {
		return new ReactiveStringRedisTemplate(this.connections);
	}

	/**
	 * Returns a connection of a user.
	 * @param user the user's name
	 * @param password the password
	 * @return the template
	 */
	public ReactiveStringRedisTemplate redis(String user, String password) {
		RedisStandaloneConfiguration server = new RedisStandaloneConfiguration("localhost", this.port);
		server.setUsername(user);
		server.setPassword(password);
		LettuceConnectionFactory factory = new LettuceConnectionFactory(server);
		factory.afterPropertiesSet();
		factory.start();
		this.more.add(factory);
		return new ReactiveStringRedisTemplate(factory);
	}

	/**
	 * Lets time pass, by taking it from what each key has left.
	 * @param prefix what the keys begin with
	 * @param time how much
	 */
	public void elapse(String prefix, Duration time) {
		elapse(redis(), prefix, time);
	}

	/**
	 * Lets time pass, by taking it from what each key has left.
	 * @param redis a connection
	 * @param prefix what the keys begin with
	 * @param time how much
	 */
	public static void elapse(ReactiveStringRedisTemplate redis, String prefix, Duration time) {
		redis.keys(prefix + "*")
			.flatMap((key) -> redis.getExpire(key)
				.flatMap((left) -> left.compareTo(time) > 0 ? redis.expire(key, left.minus(time)).then()
						: redis.delete(key).then()))
			.then()
			.block(Duration.ofSeconds(30));
	}

	@Override
	public void close() {
		this.more.forEach(LettuceConnectionFactory::destroy);
		this.connections.destroy();
		try {
			this.server.stop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
