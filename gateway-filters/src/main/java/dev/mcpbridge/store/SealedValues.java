package dev.mcpbridge.store;

import java.util.Optional;

import dev.mcpbridge.secret.MissingKeyException;
import dev.mcpbridge.secret.SealedBox;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

/**
 * Opens what the store holds of one kind.
 * <p>
 * What is no value of ours is not there, and is logged and counted. What a missing key
 * has sealed is an error instead: a replica that has not read the newest keys must not
 * take a grant for lost.
 *
 * @param <T> the record that is sealed
 */
public final class SealedValues<T extends Record> {

	private static final Log log = LogFactory.getLog(SealedValues.class);

	private final BridgeStore store;

	private final String kind;

	private final SealedBox<T> box;

	/**
	 * Opens values of one kind.
	 * @param store where they are kept
	 * @param kind what their keys begin with, up to the colon
	 * @param box what seals them
	 */
	public SealedValues(BridgeStore store, String kind, SealedBox<T> box) {
		this.store = store;
		this.kind = kind;
		this.box = box;
	}

	/**
	 * Opens a value.
	 * @param stored the value as it was found
	 * @return the record; empty if the value is none of ours; {@link MissingKeyException}
	 * if another key may open it
	 */
	public Mono<T> open(StoredValue stored) {
		return Mono.defer(() -> {
			Optional<T> opened = this.box.open(stored.value());
			return opened.isPresent() ? Mono.just(opened.get()) : unreadable(stored);
		});
	}

	private Mono<T> unreadable(StoredValue stored) {
		boolean missing = this.box.isOfMissingKey(stored.value());
		log.info("stored value unreadable kind=%s reason=%s".formatted(this.kind, missing ? "missing_key" : "unknown"));
		this.store.unreadable(this.kind);
		return missing ? Mono.error(() -> new MissingKeyException(this.kind)) : Mono.empty();
	}

}
