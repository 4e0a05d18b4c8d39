package dev.mcpbridge.authorization;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.SealedBox;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.SealedValues;
import dev.mcpbridge.store.StoredValue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps one family of refresh tokens for each grant, as long as its newest token lives.
 */
final class TokenFamilies {

	private static final String KIND = "family";

	private final BridgeStore store;

	private final SealedBox<TokenFamily> box;

	private final SealedValues<TokenFamily> values;

	private final Duration lifetime;

	TokenFamilies(Supplier<KeyRing> keys, BridgeStore store, Duration lifetime) {
		this.store = store;
		this.box = new SealedBox<>(keys, "refresh-family", TokenFamily.class);
		this.values = new SealedValues<>(store, KIND, this.box);
		this.lifetime = lifetime;
	}

	/**
	 * Finds a family.
	 * @param grantId its grant
	 * @return the family as it is stored; without content if the store has lost it, or it
	 * is none of ours; an error if a key that is not on the ring has sealed it
	 */
	Mono<Stored> find(String grantId) {
		return this.store.find(key(grantId)).flatMap(this::open).defaultIfEmpty(Stored.NONE);
	}

	/**
	 * Writes a family if nobody else did since it was found.
	 * @param grantId its grant
	 * @param before as it was found
	 * @param after as it is to be
	 * @return whether it was written
	 */
	Mono<Boolean> replace(String grantId, Stored before, TokenFamily after) {
		return this.store.replace(key(grantId), before.generation(), this.box.seal(after), this.lifetime);
	}

	/** What an older version wrote must not cost a login. */
	private Mono<Stored> open(StoredValue stored) {
		return this.values.open(stored)
			.map((family) -> new Stored(family, stored.generation()))
			.defaultIfEmpty(new Stored(null, stored.generation()));
	}

	private static String key(String grantId) {
		return KIND + ':' + grantId;
	}

	/**
	 * A family as it was found.
	 *
	 * @param family its content, or {@code null} if nothing is known of it
	 * @param generation the compare-and-set number; 0 if there is no entry
	 */
	record Stored(@Nullable TokenFamily family, long generation) {

		static final Stored NONE = new Stored(null, 0);

		/** Of a family nobody knows, any token may be the newest. */
		TokenFamily.Place placeOf(long number, Instant presented, Duration grace) {
			return (this.family != null) ? this.family.placeOf(number, presented, grace) : TokenFamily.Place.NEWEST;
		}

	}

}
