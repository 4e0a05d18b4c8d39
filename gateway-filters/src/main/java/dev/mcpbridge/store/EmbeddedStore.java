package dev.mcpbridge.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
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

	private static final Log log = LogFactory.getLog(EmbeddedStore.class);

	private static final Duration PURGE = Duration.ofHours(1);

	/**
	 * How long space that is free is left alone, in milliseconds: every write is flushed,
	 * so nothing on the disk still needs it. The library's 45 s let the file grow by what
	 * is written meanwhile.
	 */
	private static final int RETENTION = 500;

	/** How long the count of a lease's holders is kept after the last one. */
	private static final Duration FENCE_LIFETIME = Duration.ofDays(1);

	private final MVStore file;

	private final MVMap<String, String> entries;

	private final MVMap<String, String> leases;

	private final DurableWrites writes;

	private final InstantSource clock;

	private EmbeddedStore(MVStore file, InstantSource clock) {
		this.file = file;
		file.setRetentionTime(RETENTION);
		this.entries = file.openMap("entries");
		this.leases = file.openMap("leases");
		this.clock = clock;
		this.leases.keySet().forEach(this::free);
		this.writes = new DurableWrites(this::flush);
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
		try {
			Files.createDirectories(path.toAbsolutePath().getParent());
			MVStore file = new MVStore.Builder().fileName(path.toString()).autoCommitDisabled().open();
			if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
				Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
			}
			return new EmbeddedStore(file, clock);
		}
		catch (MVStoreException ex) {
			throw new IllegalArgumentException(
					"mcp.bridge.data-dir: %s %s".formatted(path.toAbsolutePath(), flawOf(ex)), ex);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(
					"mcp.bridge.data-dir: %s (expected: a writable directory; %s)".formatted(path.getParent(), ex), ex);
		}
	}

	@Override
	public Mono<StoredValue> find(String key) {
		return Mono.fromSupplier(() -> {
			Slot slot = alive(this.entries, key);
			return (slot != null) ? slot.stored() : null;
		});
	}

	@Override
	public Mono<Void> put(String key, String value, Duration ttl) {
		return write(() -> {
			Slot before = alive(this.entries, key);
			this.entries.put(key, slot((before != null) ? before.generation() + 1 : 1, value, ttl).encode());
			return true;
		}).then();
	}

	@Override
	public Mono<Boolean> replace(String key, long expected, StoredValue next, Duration ttl) {
		return write(() -> {
			Slot before = alive(this.entries, key);
			boolean matches = expected == ((before != null) ? before.generation() : 0);
			if (matches) {
				this.entries.put(key, slot(next.generation(), next.value(), ttl).encode());
			}
			return matches;
		});
	}

	@Override
	public Mono<StoredValue> take(String key) {
		return write(() -> {
			Slot before = alive(this.entries, key);
			this.entries.remove(key);
			return (before != null) ? before.stored() : null;
		});
	}

	@Override
	public Flux<String> keys(String kind) {
		return Flux.defer(() -> Flux.fromIterable(this.entries.keySet()))
			.subscribeOn(Schedulers.boundedElastic())
			.filter((key) -> key.startsWith(kind + ':') && alive(this.entries, key) != null);
	}

	@Override
	public Mono<Lease> lease(String key, Duration ttl) {
		return write(() -> {
			Slot before = decode(this.leases.get(key));
			if (before != null && before.isHeld(this.clock.millis())) {
				return null;
			}
			Slot next = slot((before != null) ? before.generation() + 1 : 1, "", ttl);
			this.leases.put(key, next.encode());
			return new Lease(key, next.generation());
		});
	}

	@Override
	public Mono<Void> release(Lease lease) {
		return write(() -> {
			Slot before = decode(this.leases.get(lease.key()));
			if (before != null && before.generation() == lease.fence()) {
				this.leases.put(lease.key(), before.givenBack().encode());
			}
			return true;
		}).then();
	}

	/** Forgets what ended. */
	void purge() {
		long now = this.clock.millis();
		remove(this.entries, (slot) -> !slot.isAlive(now));
		remove(this.leases, (slot) -> slot.expiresAt() + FENCE_LIFETIME.toMillis() < now);
	}

	/**
	 * Tells how much it holds.
	 * @return the number of entries, ended ones not yet purged included
	 */
	public long size() {
		return this.entries.sizeAsLong();
	}

	@Override
	public void close() {
		this.writes.close();
		this.file.close();
	}

	/** There is one process, so whoever held a lease before is gone. */
	private void free(String key) {
		Slot before = alive(this.leases, key);
		if (before != null) {
			this.leases.put(key, before.givenBack().encode());
		}
	}

	private <T> Mono<T> write(Supplier<@Nullable T> change) {
		return this.writes.submit(change);
	}

	private void flush() {
		this.file.commit();
		this.file.sync();
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

	private static String flawOf(MVStoreException failure) {
		log.debug("store cannot be opened", failure);
		return switch (failure.getErrorCode()) {
			case DataUtils.ERROR_FILE_LOCKED ->
				"is in use by another process (expected: one process; mcp.bridge.store=redis is for several)";
			case DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_UNSUPPORTED_FORMAT ->
				"is damaged or no store (expected: a file this gateway wrote; restore it from a backup, or move it away and everybody logs in again)";
			default -> "cannot be opened (expected: a readable and writable file)";
		};
	}

}
