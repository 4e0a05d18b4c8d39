package dev.mcpbridge.grant;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.MissingKeyException;
import dev.mcpbridge.secret.SealedBox;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.SealedValues;
import dev.mcpbridge.store.StoredValue;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps grants in the store, sealed.
 * <p>
 * A grant that ended stays as a mark without tokens for as long as anything issued for it
 * could still be presented. What a store has lost, since it was restarted empty or failed
 * over to an older copy, it gets back from the process that saw it last.
 */
public final class Grants {

	private static final Log log = LogFactory.getLog(Grants.class);

	private static final String KIND = "grant";

	private final BridgeStore store;

	private final SealedBox<Grant> box;

	private final SealedValues<Grant> values;

	private final Duration lifetime;

	private final GrantListener listener;

	private final SeenGrants seen;

	private final InstantSource clock;

	/**
	 * Keeps grants.
	 * @param store where
	 * @param keys what seals them
	 * @param lifetime how long a grant lives that is not renewed
	 * @param listener hears of grants that were lost
	 * @param clock tells how long ago a grant was seen
	 * @param near for how long a grant that was read is believed without asking the store
	 * again; 0 for not at all
	 */
	public Grants(BridgeStore store, Supplier<KeyRing> keys, Duration lifetime, GrantListener listener,
			InstantSource clock, Duration near) {
		this.store = store;
		this.box = new SealedBox<>(keys, KIND, Grant.class);
		this.values = new SealedValues<>(store, KIND, this.box);
		this.lifetime = lifetime;
		this.listener = listener;
		this.clock = clock;
		this.seen = new SeenGrants(clock, near);
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
	 * @return the newest generation; empty if there is none, or nothing of ours; an error
	 * if a key that is not on the ring has sealed it
	 */
	public Mono<Grant> find(String id) {
		return find(id, null);
	}

	/**
	 * Finds a grant this process has read or written a moment ago. Whatever another
	 * process did to it is seen when the moment is over.
	 * @param id the grant's id
	 * @return the grant, ended or not; empty if the store has to be asked
	 */
	public Optional<Grant> near(String id) {
		return this.seen.near(id);
	}

	/**
	 * Finds a grant as this process saw it last, when the store cannot answer.
	 * @param id the grant's id
	 * @return what may not be the newest generation, or be ended elsewhere meanwhile
	 */
	public Optional<Grant> lastSeen(String id) {
		return this.seen.find(id).map(SeenGrants.Seen::grant);
	}

	/**
	 * Stores a grant the store has lost, from a copy of our own making that came back
	 * from outside.
	 * @param copy the grant as it once was
	 * @return the grant, or what somebody else stored meanwhile
	 */
	public Mono<Grant> bringBack(Grant copy) {
		return find(copy.id(), new SeenGrants.Seen("", copy, this.clock.instant()));
	}

	/**
	 * Lists the ids of all grants, those included that cannot be opened. Slow where there
	 * are many.
	 * @return the ids, in no order
	 */
	public Flux<String> ids() {
		return this.store.keys(KIND).map((key) -> key.substring(KIND.length() + 1));
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
	 * Ends a grant if no rotation came first: nothing issued for it works any more.
	 * @param before the generation that is known to be dead
	 * @return the grant without tokens, or empty if another writer came first
	 */
	public Mono<Grant> end(Grant before) {
		Grant ended = before.next(null);
		return write(ended).filter(Boolean::booleanValue).map((written) -> ended);
	}

	private Mono<Boolean> write(Grant grant) {
		return Mono.defer(() -> {
			String sealed = this.box.seal(grant);
			return this.store.replace(key(grant.id()), grant.generation() - 1, sealed, this.lifetime)
				.doOnNext((written) -> remember(written, sealed, grant));
		});
	}

	private void remember(boolean written, String sealed, Grant grant) {
		if (written) {
			this.seen.remember(sealed, grant);
		}
	}

	private Mono<Grant> find(String id, SeenGrants.@Nullable Seen copy) {
		return Mono.defer(() -> this.store.find(key(id)))
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((found) -> newest(found.orElse(null), this.seen.find(id).orElse(copy)));
	}

	private Mono<Grant> newest(@Nullable StoredValue found, SeenGrants.@Nullable Seen last) {
		if (found == null) {
			return (last != null) ? bringBack(last, 0) : Mono.empty();
		}
		if (last != null && last.grant().generation() > found.generation()) {
			return ended(found).switchIfEmpty(Mono.defer(() -> bringBack(last, found.generation())));
		}
		return ((last != null && last.isOf(found.value())) ? Mono.just(last.grant()) : this.values.open(found))
			.doOnNext((grant) -> this.seen.remember(found.value(), grant))
			.delayUntil((grant) -> resealed(found, grant))
			.switchIfEmpty(Mono.defer(() -> (last != null) ? bringBack(last, found.generation()) : Mono.empty()));
	}

	/** An end is never undone, whatever later generations were seen before it. */
	private Mono<Grant> ended(StoredValue found) {
		return this.values.open(found)
			.onErrorResume(MissingKeyException.class, (missing) -> Mono.empty())
			.filter(Grant::hasEnded)
			.doOnNext((grant) -> this.seen.remember(found.value(), grant));
	}

	/** Whoever else writes meanwhile knows better. */
	private Mono<Grant> bringBack(SeenGrants.Seen lost, long expected) {
		Grant grant = lost.grant();
		String sealed = this.box.seal(grant);
		return this.store.replace(key(grant.id()), expected, new StoredValue(sealed, grant.generation()), this.lifetime)
			.flatMap((written) -> written ? Mono.fromSupplier(() -> broughtBack(sealed, grant))
					: find(grant.id(), lost));
	}

	private Grant broughtBack(String sealed, Grant grant) {
		log.warn("grant brought back reason=the store had lost it");
		this.listener.broughtBack();
		this.seen.remember(sealed, grant);
		return grant;
	}

	/** Whatever is in use is sealed by the newest key before an older one is dropped. */
	private Mono<Boolean> resealed(StoredValue stored, Grant grant) {
		if (this.box.isCurrent(stored.value())) {
			return Mono.empty();
		}
		StoredValue next = new StoredValue(this.box.seal(grant), stored.generation());
		return Mono.defer(() -> this.store.replace(key(grant.id()), stored.generation(), next, this.lifetime))
			.onErrorComplete();
	}

	private static String key(String id) {
		return KIND + ':' + id;
	}

}
