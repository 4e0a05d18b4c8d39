package dev.mcpbridge.translation.sseupstream;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import dev.mcpbridge.relay.RelayEntry;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.End;
import dev.mcpbridge.translation.TranslationListener.Refused;
import dev.mcpbridge.translation.Transport;
import reactor.core.publisher.Mono;

/**
 * Watches what all replicas do with a session, on behalf of the replica that holds it:
 * whether anybody uses it, and whether the upstream answers what was asked.
 * <p>
 * In the channel a request always stands before its answer, so this is exact wherever the
 * request was posted.
 */
final class SessionWatch {

	/** A client that cancels leaves requests behind that are never answered. */
	private static final int MOST = 1024;

	private final Set<String> asked = new LinkedHashSet<>();

	private final TranslationLimits limits;

	private final TranslationListener listener;

	private End end = End.RELAY_FAILED;

	SessionWatch(TranslationLimits limits, TranslationListener listener) {
		this.limits = limits;
		this.listener = listener;
	}

	/**
	 * Watches a session.
	 * @param channel its channel, just opened
	 * @return why it is to end
	 */
	Mono<End> over(SessionChannel channel) {
		return channel.followAll()
			.doOnNext(this::take)
			.filter((entry) -> Topics.isUse(entry.topic()))
			.timeout(this.limits.idle())
			.takeUntil((entry) -> entry.topic().equals(Topics.ENDED))
			.doOnNext(this::endedBy)
			.then(Mono.fromSupplier(() -> this.end))
			.onErrorReturn(TimeoutException.class, End.IDLE)
			.onErrorReturn(End.RELAY_FAILED);
	}

	private void take(RelayEntry entry) {
		if (entry.topic().equals(Topics.USED) && !entry.content().isEmpty()) {
			this.asked.addAll(Awaited.parse(entry.content()).answers());
			forgetOldest();
		}
		else if (Topics.isAnswer(entry.topic()) && !this.asked.remove(entry.topic())) {
			this.listener.refused(Transport.SSE, Refused.UNKNOWN_ID);
		}
	}

	private void forgetOldest() {
		Iterator<String> oldest = this.asked.iterator();
		for (int excess = this.asked.size() - MOST; excess > 0; excess--) {
			oldest.next();
			oldest.remove();
		}
	}

	private void endedBy(RelayEntry entry) {
		if (entry.topic().equals(Topics.ENDED)) {
			this.end = End.valueOf(entry.content());
		}
	}

}
