package dev.mcpbridge.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.Lease;
import dev.mcpbridge.store.StoredValue;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A store that replicas share.
 * <p>
 * An entry is one string, {@code <generation> <value>}. Everything that belongs to one
 * grant has one hash tag, so that it is in one slot of a cluster. Scripts are used only
 * where reading and writing must not be torn apart.
 */
public final class RedisStore implements BridgeStore {

	private static final Log log = LogFactory.getLog(RedisStore.class);

	/** How long the count of a lease's holders is kept after the last one. */
	private static final Duration FENCE_LIFETIME = Duration.ofDays(1);

	/** How many names Redis looks at before it serves somebody else. */
	private static final int SCANNED = 1000;

	private static final RedisScript<Long> PUT = script("put.lua");

	private static final RedisScript<Long> REPLACE = script("replace.lua");

	private static final RedisScript<Long> LEASE = script("lease.lua");

	private static final RedisScript<Long> RELEASE = script("release.lua");

	private final ReactiveStringRedisTemplate redis;

	private final String prefix;

	private final Consumer<String> foreign;

	/**
	 * Makes the store.
	 * @param redis the connection
	 * @param prefix what every key begins with, so that a Redis can serve others too
	 * @param foreign hears the kind of each value that was found and is none of ours
	 */
	public RedisStore(ReactiveStringRedisTemplate redis, String prefix, Consumer<String> foreign) {
		this.redis = redis;
		this.prefix = prefix;
		this.foreign = foreign;
	}

	@Override
	public Mono<StoredValue> find(String key) {
		return read(key, this.redis.opsForValue().get(name(key)));
	}

	@Override
	public Mono<Void> put(String key, String value, Duration ttl) {
		return run(PUT, List.of(name(key)), value, millis(ttl)).then();
	}

	@Override
	public Mono<Boolean> replace(String key, long expected, StoredValue next, Duration ttl) {
		return run(REPLACE, List.of(name(key)), Long.toString(expected), Long.toString(next.generation()), next.value(),
				millis(ttl))
			.map((written) -> written == 1);
	}

	@Override
	public Mono<StoredValue> take(String key) {
		return read(key, this.redis.opsForValue().getAndDelete(name(key)));
	}

	@Override
	public Flux<String> keys(String kind) {
		String before = this.prefix + ":{";
		String after = "}:" + kind;
		return this.redis.scan(ScanOptions.scanOptions().match(before + "*" + after).count(SCANNED).build())
			.distinct()
			.map((name) -> kind + ':' + name.substring(before.length(), name.length() - after.length()));
	}

	@Override
	public Mono<Lease> lease(String key, Duration ttl) {
		return run(LEASE, List.of(name(key) + ":lease", name(key) + ":fence"), millis(ttl), millis(FENCE_LIFETIME))
			.filter((fence) -> fence > 0)
			.map((fence) -> new Lease(key, fence));
	}

	@Override
	public Mono<Void> release(Lease lease) {
		return run(RELEASE, List.of(name(lease.key()) + ":lease"), Long.toString(lease.fence())).then();
	}

	private Mono<Long> run(RedisScript<Long> script, List<String> keys, String... arguments) {
		return this.redis.execute(script, keys, List.of(arguments)).next();
	}

	/** {@code grant:abc} becomes {@code mcp-bridge:{abc}:grant}. */
	private String name(String key) {
		int colon = key.indexOf(':');
		return "%s:{%s}:%s".formatted(this.prefix, key.substring(colon + 1), key.substring(0, Math.max(0, colon)));
	}

	/**
	 * What another program wrote under our name is as good as nothing, of whatever type
	 * it is: the next write replaces it.
	 */
	private Mono<StoredValue> read(String key, Mono<String> text) {
		return text.mapNotNull((found) -> {
			StoredValue stored = stored(found);
			return (stored != null) ? stored : foreign(key);
		}).onErrorResume(RedisStore::isOfAnotherType, (failure) -> Mono.justOrEmpty(foreign(key)));
	}

	private @Nullable StoredValue foreign(String key) {
		String kind = key.replaceFirst(":.*", "");
		log.info("stored value unreadable kind=%s reason=foreign".formatted(kind));
		this.foreign.accept(kind);
		return null;
	}

	private static boolean isOfAnotherType(Throwable failure) {
		String reason = NestedExceptionUtils.getMostSpecificCause(failure).getMessage();
		return failure instanceof RedisSystemException && reason != null && reason.startsWith("WRONGTYPE");
	}

	private static @Nullable StoredValue stored(String text) {
		int space = text.indexOf(' ');
		if (space < 1 || !text.chars().limit(space).allMatch(Character::isDigit) || space > 18) {
			return null;
		}
		return new StoredValue(text.substring(space + 1), Long.parseLong(text.substring(0, space)));
	}

	private static String millis(Duration ttl) {
		return Long.toString(Math.max(1, ttl.toMillis()));
	}

	private static RedisScript<Long> script(String name) {
		return RedisScript.of(new ClassPathResource(name, RedisStore.class), Long.class);
	}

}
