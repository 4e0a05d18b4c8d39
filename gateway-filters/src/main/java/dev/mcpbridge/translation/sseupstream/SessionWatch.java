package dev.mcpbridge.translation.sseupstream;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.relay.RelayEntry;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.End;
import dev.mcpbridge.translation.TranslationListener.Refused;
import dev.mcpbridge.translation.Transport;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Watches what all replicas do with a session, on behalf of the replica that holds it:
 * whether anybody uses it, whether the upstream answers what was asked, and whether it
 * still knows the session.
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

	private final Sinks.Many<String> lost = Sinks.many().multicast().directBestEffort();

	private volatile Sinks.One<List<Unanswered>> cut = Sinks.one();

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

	/**
	 * Marks in the channel that the upstream's stream was cut.
	 * @param channel the channel that is watched
	 * @return what was asked before that and is not answered
	 */
	Mono<List<Unanswered>> cut(SessionChannel channel) {
		return Mono.defer(() -> {
			Sinks.One<List<Unanswered>> seen = Sinks.one();
			this.cut = seen;
			return channel.leavePatiently(Topics.CUT, "").then(seen.asMono());
		});
	}

	/** The targets at which the upstream does not know its session, as they are found. */
	Flux<String> lost() {
		return this.lost.asFlux();
	}

	private void take(RelayEntry entry) {
		if (entry.topic().equals(Topics.CUT)) {
			this.cut.tryEmitValue(this.asked.stream().map(Unanswered::new).toList());
		}
		else if (entry.topic().equals(Topics.LOST)) {
			this.lost.tryEmitNext(entry.content());
		}
		else if (entry.topic().equals(Topics.USED) && !entry.content().isEmpty()) {
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

	/**
	 * A request without an answer.
	 *
	 * @param topic the topic of its answer
	 */
	record Unanswered(String topic) {

		/** Answers it with an error. */
		String failed(JsonRpcError error) {
			return new Awaited(List.of(new Awaited.Call(Topics.answered(this.topic), ""))).failed(error).get(0);
		}

	}

}
