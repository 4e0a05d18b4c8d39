package dev.mcpbridge.catalogue;

import java.time.Duration;
import java.util.function.UnaryOperator;

import dev.mcpbridge.secret.SealedTexts;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.StoredValue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What is known of tools, here and in the store that replicas share, where it is sealed:
 * whoever writes to the store cannot accept a text.
 * <p>
 * What is known here is never less than what was read or seen, so both can be made one at
 * any time.
 */
final class CatalogueMemory {

	private static final String KEY = "catalogue:tools";

	private static final Duration LIFETIME = Duration.ofDays(365);

	private static final int ATTEMPTS = 20;

	private final @Nullable BridgeStore store;

	private final @Nullable SealedTexts box;

	private volatile KnownTools known = KnownTools.NONE;

	private volatile boolean read;

	/**
	 * Remembers.
	 * @param store where, or {@code null} to remember as long as the process lives
	 * @param box seals what is stored; needed with a store
	 */
	CatalogueMemory(@Nullable BridgeStore store, @Nullable SealedTexts box) {
		this.store = store;
		this.box = box;
		this.read = store == null;
	}

	/** What is known now. */
	KnownTools known() {
		return this.known;
	}

	/** Whether what others know was read once, or there are no others. */
	boolean isRead() {
		return this.read;
	}

	/**
	 * Changes what is known, here at first.
	 * @return what is known then
	 */
	synchronized KnownTools change(UnaryOperator<KnownTools> change) {
		this.known = change.apply(this.known);
		return this.known;
	}

	/**
	 * Makes what is known here and in the store one.
	 * @return when it is; an error if the store is away
	 */
	Mono<Void> share() {
		BridgeStore shared = this.store;
		SealedTexts sealing = this.box;
		if (shared == null || sealing == null) {
			return Mono.empty();
		}
		return Mono.defer(() -> attempt(shared, sealing)).repeat(ATTEMPTS).any(Boolean::booleanValue).then();
	}

	private Mono<Boolean> attempt(BridgeStore shared, SealedTexts sealing) {
		return shared.find(KEY).defaultIfEmpty(new StoredValue("", 0)).flatMap((found) -> {
			KnownTools there = sealing.open(KEY, found.value()).map(KnownTools::parse).orElse(KnownTools.NONE);
			KnownTools both = change((here) -> here.with(there));
			this.read = true;
			if (both.equals(there)) {
				return Mono.just(true);
			}
			return shared.replace(KEY, found.generation(), sealing.seal(KEY, both.text()), LIFETIME);
		});
	}

}
