package dev.mcpbridge.load;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/**
 * How often a Redis was asked for what, by its own count.
 *
 * @param calls the commands and their numbers
 */
record RedisCommands(Map<String, Long> calls) {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String SECTION = "commandstats";

	private static final String PREFIX = "cmdstat_";

	/** What clients ask for themselves: who they are, and whether anybody is there. */
	private static final Set<String> OF_CONNECTIONS = Set.of("info", "hello", "client", "ping", "auth", "select");

	/** Asks it. */
	static RedisCommands of(ReactiveStringRedisTemplate redis) {
		return new RedisCommands(redis.execute((connection) -> connection.serverCommands().info(SECTION))
			.flatMapIterable((properties) -> properties.stringPropertyNames()
				.stream()
				.filter((name) -> name.startsWith(PREFIX))
				.map((name) -> Map.entry(name.substring(PREFIX.length()), calls(properties.getProperty(name))))
				.toList())
			.filter((entry) -> !OF_CONNECTIONS.contains(entry.getKey()))
			.collectMap(Map.Entry::getKey, Map.Entry::getValue)
			.blockOptional(PATIENCE)
			.orElseThrow());
	}

	/** Returns those that came after others, and nothing that did not come. */
	Map<String, Long> since(RedisCommands before) {
		return this.calls.entrySet()
			.stream()
			.map((entry) -> Map.entry(entry.getKey(), entry.getValue() - before.calls.getOrDefault(entry.getKey(), 0L)))
			.filter((entry) -> entry.getValue() != 0)
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
	}

	/** Reads {@code calls=12,usec=34,…}. */
	private static long calls(String statistics) {
		return Long.parseLong(statistics.replaceAll(".*?calls=(\\d+).*", "$1"));
	}

}
