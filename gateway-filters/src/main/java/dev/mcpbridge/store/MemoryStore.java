package dev.mcpbridge.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A store that ends with the process: for tests, demos and filters without grants.
 * <p>
 * It is bounded; beyond the bound the entries used least are forgotten.
 */
public final class MemoryStore implements BridgeStore {

	private final Cache<String, Entry> cache;

	private final ConcurrentMap<String, Entry> entries;

	/**
	 * Makes an empty store.
	 * @param clock tells when entries end
	 * @param maximumSize the most entries it holds
	 */
	public MemoryStore(InstantSource clock, long maximumSize) {
		this.cache = Caffeine.newBuilder()
			.maximumSize(maximumSize)
			.ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
			.expireAfter(Expiry.writing((String key, Entry entry) -> entry.ttl()))
			.build();
		this.entries = this.cache.asMap();
	}

	@Override
	public Mono<StoredValue> find(String key) {
		return Mono.fromSupplier(() -> stored(this.entries.get(key)));
	}

	@Override
	public Mono<Boolean> replace(String key, long expected, String value, Duration ttl) {
		return Mono.fromSupplier(() -> {
			Entry before = this.entries.get(key);
			Entry after = new Entry(value, expected + 1, ttl);
			if (before == null) {
				return expected == 0 && this.entries.putIfAbsent(key, after) == null;
			}
			return before.generation() == expected && this.entries.replace(key, before, after);
		});
	}

	@Override
	public Mono<StoredValue> take(String key) {
		return Mono.fromSupplier(() -> stored(this.entries.remove(key)));
	}

	private static @Nullable StoredValue stored(@Nullable Entry entry) {
		return (entry != null) ? new StoredValue(entry.value(), entry.generation()) : null;
	}

	private record Entry(String value, long generation, Duration ttl) {
	}

}
