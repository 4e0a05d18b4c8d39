package dev.mcpbridge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/**
 * The user of Redis that the page about storage makes.
 */
public final class DocumentedUser {

	private static final Pattern LINE = Pattern.compile("(?m)^ACL SETUSER (.+)$");

	private DocumentedUser() {
	}

	/**
	 * Starts a server that has the user.
	 * @return the server
	 */
	public static LocalRedis startServer() {
		return LocalRedis.startWith("user " + line());
	}

	/**
	 * Connects as the user.
	 * @param server a server that has it
	 * @return the connection
	 */
	public static ReactiveStringRedisTemplate connect(LocalRedis server) {
		return server.redis("gateway", "change-me");
	}

	/**
	 * Returns the line of the page.
	 * @return what follows {@code ACL SETUSER}
	 */
	public static String line() {
		try {
			Matcher line = LINE.matcher(Files.readString(Path.of("docs/storage.md")));
			if (!line.find()) {
				throw new IllegalStateException("docs/storage.md without a user");
			}
			return line.group(1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
