package dev.mcpbridge.doctor;

import java.util.function.Supplier;

import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.SealedTexts;
import dev.mcpbridge.store.BridgeStore;
import reactor.core.publisher.Flux;

/**
 * Looks whether our keys open what is stored, by a hundred grants and without opening
 * them.
 */
public final class StoredValuesCheck implements Check {

	private static final int SAMPLE = 100;

	private static final int LARGEST = 64 * 1024;

	private final BridgeStore store;

	private final SealedTexts box;

	/**
	 * Makes it.
	 * @param store where grants are
	 * @param keys the current key ring
	 */
	public StoredValuesCheck(BridgeStore store, Supplier<KeyRing> keys) {
		this.store = store;
		this.box = new SealedTexts(keys, "doctor", LARGEST);
	}

	@Override
	public CheckId about() {
		return CheckId.STORED_VALUES;
	}

	/** A store that does not answer is somebody else's finding. */
	@Override
	public Flux<Finding> look() {
		return this.store.keys("grant")
			.take(SAMPLE)
			.concatMap(this.store::find)
			.map((stored) -> this.box.isOfMissingKey(stored.value()))
			.collectList()
			.filter((grants) -> !grants.isEmpty())
			.map((grants) -> judge(grants.size(), grants.stream().filter(Boolean::booleanValue).count()))
			.onErrorComplete()
			.flux();
	}

	private Finding judge(int all, long sealed) {
		String seen = "%d of %d grants are sealed by a key that is missing".formatted(sealed, all);
		return (sealed == 0) ? Finding.ok(about(), seen) : Finding.failure(about(), seen);
	}

}
