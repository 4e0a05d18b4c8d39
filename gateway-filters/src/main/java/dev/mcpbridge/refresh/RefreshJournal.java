package dev.mcpbridge.refresh;

import java.time.Duration;
import java.util.Optional;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.Lease;
import dev.mcpbridge.store.StoredValue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Notes in the store that a refresh token is about to be redeemed.
 * <p>
 * Whoever comes after a crash learns from it that the upstream may have rotated already;
 * whoever wakes up late, after the lease went to somebody else, that it is too late.
 */
final class RefreshJournal {

	/** Shorter than the count of lease holders is kept, which it is compared with. */
	private static final Duration LIFETIME = Duration.ofHours(12);

	private final BridgeStore store;

	RefreshJournal(BridgeStore store) {
		this.store = store;
	}

	/**
	 * Notes the intent, unless a later holder of the lease noted its own.
	 * @param grant what is to be refreshed
	 * @param lease the right to do so
	 * @return whether an earlier refresh of the same generation never came to its end;
	 * empty if somebody else is at it
	 */
	Mono<Boolean> begin(Grant grant, Lease lease) {
		return this.store.find(key(grant))
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((found) -> replace(found.orElse(null), grant, lease));
	}

	/**
	 * Notes that the refresh came to its end, whatever the end was.
	 * @param grant what was to be refreshed
	 * @return when it is noted
	 */
	Mono<Void> end(Grant grant) {
		return this.store.take(key(grant)).then();
	}

	private Mono<Boolean> replace(@Nullable StoredValue found, Grant grant, Lease lease) {
		Intent before = (found != null) ? Intent.parse(found.value()) : null;
		if (before != null && before.fence() > lease.fence()) {
			return Mono.empty();
		}
		boolean reopened = before != null && before.generation() == grant.generation();
		Intent intent = new Intent(grant.generation(), lease.fence());
		return this.store.replace(key(grant), (found != null) ? found.generation() : 0, intent.text(), LIFETIME)
			.filter(Boolean::booleanValue)
			.map((written) -> reopened);
	}

	private static String key(Grant grant) {
		return "refresh:" + grant.id();
	}

	/**
	 * What is noted.
	 *
	 * @param generation the generation of the tokens that are redeemed
	 * @param fence the number of the lease
	 */
	private record Intent(long generation, long fence) {

		String text() {
			return this.generation + " " + this.fence;
		}

		/** {@code null} for anything that is no intent. */
		static @Nullable Intent parse(String text) {
			String[] parts = text.split(" ", -1);
			try {
				return (parts.length == 2) ? new Intent(Long.parseLong(parts[0]), Long.parseLong(parts[1])) : null;
			}
			catch (NumberFormatException ex) {
				return null;
			}
		}

	}

}
