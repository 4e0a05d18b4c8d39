package dev.mcpbridge.store;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where grants and everything single-use live; replicas share one.
 * <p>
 * Every entry has a generation that starts at 1 and grows with each write. Keys begin
 * with what they are for and a colon. Keys are ours; values come sealed. An
 * implementation that cannot answer signals an error in bounded time, never an empty
 * result.
 */
public interface BridgeStore {

	/**
	 * Finds an entry.
	 * @param key the key
	 * @return the entry, or empty when there is none or it ended
	 */
	Mono<StoredValue> find(String key);

	/**
	 * Writes an entry, whatever was there before.
	 * @param key the key
	 * @param value the new value
	 * @param ttl how long it lives from now on
	 * @return when it is written
	 */
	Mono<Void> put(String key, String value, Duration ttl);

	/**
	 * Writes the next generation of an entry if nobody else did since it was read.
	 * @param key the key
	 * @param expected the generation it must have; 0 when it must not be there
	 * @param value the new value
	 * @param ttl how long it lives from now on
	 * @return whether it was written
	 */
	default Mono<Boolean> replace(String key, long expected, String value, Duration ttl) {
		return replace(key, expected, new StoredValue(value, expected + 1), ttl);
	}

	/**
	 * Writes an entry with a generation of the writer's choice if nobody else wrote since
	 * it was read: the same one to seal a value again, a later one to bring back what the
	 * store has lost.
	 * @param key the key
	 * @param expected the generation it must have; 0 when it must not be there
	 * @param next the new value and its generation, at least 1
	 * @param ttl how long it lives from now on
	 * @return whether it was written
	 */
	Mono<Boolean> replace(String key, long expected, StoredValue next, Duration ttl);

	/**
	 * Removes an entry and returns it, to one caller only.
	 * @param key the key
	 * @return the entry, or empty when there is none, it ended, or somebody else took it
	 */
	Mono<StoredValue> take(String key);

	/**
	 * Lists the keys of one kind, for operators: slow where there are many, and entries
	 * that come or go meanwhile may be missed.
	 * @param kind what the keys begin with, up to their first colon
	 * @return the whole keys, each once
	 */
	Flux<String> keys(String kind);

	/**
	 * Hears of a value it gave that nobody can read, for stores that count.
	 * @param kind what the key begins with, up to its first colon
	 */
	default void unreadable(String kind) {
	}

	/**
	 * Takes the right to act alone on a key.
	 * @param key the key; leases live apart from entries
	 * @param ttl how long the right lasts if it is not released
	 * @return the lease, or empty while somebody else has it
	 */
	Mono<Lease> lease(String key, Duration ttl);

	/**
	 * Gives a lease back, if it still is the newest one of its key.
	 * @param lease the lease
	 * @return when it is given back, or was lost before
	 */
	Mono<Void> release(Lease lease);

}
