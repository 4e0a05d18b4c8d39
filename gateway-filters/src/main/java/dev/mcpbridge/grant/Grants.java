package dev.mcpbridge.grant;

import java.time.Duration;
import java.util.function.Supplier;

import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.SealedBox;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.upstream.UpstreamTokens;
import reactor.core.publisher.Mono;

/**
 * Keeps grants in the store, sealed.
 * <p>
 * A grant that ended stays as a mark without tokens for as long as anything issued for it
 * could still be presented.
 */
public final class Grants {

	private final BridgeStore store;

	private final SealedBox<Grant> box;

	private final Duration lifetime;

	/**
	 * Keeps grants.
	 * @param store where
	 * @param keys what seals them
	 * @param lifetime how long a grant lives that is not renewed
	 */
	public Grants(BridgeStore store, Supplier<KeyRing> keys, Duration lifetime) {
		this.store = store;
		this.box = new SealedBox<>(keys, "grant", Grant.class);
		this.lifetime = lifetime;
	}

	/**
	 * Stores a new grant.
	 * @param grant a grant of generation 1
	 * @return the grant once it is stored; an error if its id is taken
	 */
	public Mono<Grant> create(Grant grant) {
		return write(grant).filter(Boolean::booleanValue)
			.map((written) -> grant)
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("a grant of this id exists")));
	}

	/**
	 * Finds a grant, ended or not.
	 * @param id the grant's id
	 * @return the newest generation; empty if there is none, or none we can open
	 */
	public Mono<Grant> find(String id) {
		return this.store.find(key(id)).mapNotNull((stored) -> this.box.open(stored.value()).orElse(null));
	}

	/**
	 * Stores rotated tokens if no other rotation came first.
	 * @param before the generation the tokens were rotated from
	 * @param tokens the new tokens
	 * @return the new generation, or empty if another writer came first
	 */
	public Mono<Grant> rotate(Grant before, UpstreamTokens tokens) {
		Grant after = before.next(tokens);
		return write(after).filter(Boolean::booleanValue).map((written) -> after);
	}

	/**
	 * Ends a grant: nothing issued for it works any more. A rotation that comes first is
	 * ended too.
	 * @param id the grant's id
	 * @return when it is stored; at once if there is no such grant or it ended before
	 */
	public Mono<Void> end(String id) {
		return find(id).filter((grant) -> !grant.hasEnded())
			.flatMap((grant) -> write(grant.next(null)))
			.flatMap((written) -> written ? Mono.<Void>empty() : end(id));
	}

	/**
	 * Ends a grant if no rotation came first.
	 * @param before the generation that is known to be dead
	 * @return the grant without tokens, or empty if another writer came first
	 */
	public Mono<Grant> end(Grant before) {
		Grant ended = before.next(null);
		return write(ended).filter(Boolean::booleanValue).map((written) -> ended);
	}

	private Mono<Boolean> write(Grant grant) {
		return Mono.defer(
				() -> this.store.replace(key(grant.id()), grant.generation() - 1, this.box.seal(grant), this.lifetime));
	}

	private static String key(String id) {
		return "grant:" + id;
	}

}
