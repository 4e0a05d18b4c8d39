package dev.mcpbridge.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A store in a file of one process: what it has confirmed is on the disk, and is there
 * again after a crash.
 * <p>
 * Writers that come together share one flush, so the disk's pace bounds how long a write
 * takes but not how many there are.
 */
public final class EmbeddedStore implements BridgeStore, AutoCloseable {

	private static final Duration PURGE = Duration.ofHours(1);

	/** How long the count of a lease's holders is kept after the last one. */
	private static final Duration FENCE_LIFETIME = Duration.ofDays(1);

	private final StoreFile file;

	private final DurableWrites writes;

	private final InstantSource clock;

	EmbeddedStore(StoreFile file, InstantSource clock) {
		this.file = file;
		this.clock = clock;
		file.leases().keySet().forEach(this::free);
		this.writes = new DurableWrites(file::flush);
		this.writes.repeat(PURGE, this::purge);
	}

	/**
	 * Opens the store, and makes the file if there is none.
	 * @param path the file; its directory is made too
	 * @param clock tells when entries end
	 * @return the store
	 * @throws IllegalArgumentException naming the file if it is another process's, broken
	 * or not writable
	 */
	public static EmbeddedStore open(Path path, InstantSource clock) {
		return new EmbeddedStore(StoreFile.open(path), clock);
	}

	/**
	 * Looks at a file without changing it. Blocks on the disk.
	 * @param path the file
	 * @return what opening it would meet
	 */
	public static State stateOf(Path path) {
		return StoreFile.stateOf(path);
	}

	@Override
	public Mono<StoredValue> find(String key) {
		return Mono.fromSupplier(() -> {
			Slot slot = alive(this.file.entries(), key);
			return (slot != null) ? slot.stored() : null;
		});
	}

	@Override
	public Mono<Void> put(String key, String value, Duration ttl) {
		return write(() -> {
			Slot before = alive(this.file.entries(), key);
			this.file.entries().put(key, slot((before != null) ? before.generation() + 1 : 1, value, ttl).encode());
			return true;
		}).then();
	}

	@Override
	public Mono<Boolean> replace(String key, long expected, StoredValue next, Duration ttl) {
		return write(() -> {
			Slot before = alive(this.file.entries(), key);
			boolean matches = expected == ((before != null) ? before.generation() : 0);
			if (matches) {
				this.file.entries().put(key, slot(next.generation(), next.value(), ttl).encode());
			}
			return matches;
		});
	}

	@Override
	public Mono<StoredValue> take(String key) {
		return write(() -> {
			Slot before = alive(this.file.entries(), key);
			this.file.entries().remove(key);
			return (before != null) ? before.stored() : null;
		});
	}

	@Override
	public Flux<String> keys(String kind) {
		return Flux.defer(() -> Flux.fromIterable(this.file.entries().keySet()))
			.subscribeOn(Schedulers.boundedElastic())
			.filter((key) -> key.startsWith(kind + ':') && alive(this.file.entries(), key) != null);
	}

	@Override
	public Mono<Lease> lease(String key, Duration ttl) {
		return write(() -> {
			Slot before = decode(this.file.leases().get(key));
			if (before != null && before.isHeld(this.clock.millis())) {
				return null;
			}
			Slot next = slot((before != null) ? before.generation() + 1 : 1, "", ttl);
			this.file.leases().put(key, next.encode());
			return new Lease(key, next.generation());
		});
	}

	@Override
	public Mono<Void> release(Lease lease) {
		return write(() -> {
			Slot before = decode(this.file.leases().get(lease.key()));
			if (before != null && before.generation() == lease.fence()) {
				this.file.leases().put(lease.key(), before.givenBack().encode());
			}
			return true;
		}).then();
	}

	/** Forgets what ended. */
	void purge() {
		this.file.reopen();
		long now = this.clock.millis();
		remove(this.file.entries(), (slot) -> !slot.isAlive(now));
		remove(this.file.leases(), (slot) -> slot.expiresAt() + FENCE_LIFETIME.toMillis() < now);
	}

	/**
	 * Tells how much it holds.
	 * @return the number of entries, ended ones not yet purged included
	 */
	public long size() {
		return this.file.entries().sizeAsLong();
	}

	@Override
	public void close() {
		this.writes.close();
		this.file.close();
	}

	/** There is one process, so whoever held a lease before is gone. */
	private void free(String key) {
		Slot before = alive(this.file.leases(), key);
		if (before != null) {
			this.file.leases().put(key, before.givenBack().encode());
		}
	}

	private <T> Mono<T> write(Supplier<@Nullable T> change) {
		return this.writes.submit(() -> {
			this.file.reopen();
			return change.get();
		});
	}

	private Slot slot(long generation, String value, Duration ttl) {
		return new Slot(generation, this.clock.millis() + ttl.toMillis(), value);
	}

	private @Nullable Slot alive(MVMap<String, String> map, String key) {
		Slot slot = decode(map.get(key));
		return (slot != null && slot.isAlive(this.clock.millis())) ? slot : null;
	}

	private static void remove(MVMap<String, String> map, Predicate<Slot> over) {
		for (String key : map.keySet().toArray(String[]::new)) {
			Slot slot = decode(map.get(key));
			if (slot == null || over.test(slot)) {
				map.remove(key);
			}
		}
	}

	private static @Nullable Slot decode(@Nullable String text) {
		return (text != null) ? Slot.decode(text) : null;
	}

	/** What opening a file would meet. */
	public enum State {

		/** Nothing: the file would be made. */
		ABSENT,

		/** A store nobody uses. */
		FREE,

		/** A store that a process has opened, this one or another. */
		IN_USE,

		/** A file that is damaged, no store, or not readable. */
		UNUSABLE

	}

}
