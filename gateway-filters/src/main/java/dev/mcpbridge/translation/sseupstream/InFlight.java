package dev.mcpbridge.translation.sseupstream;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.Refused;
import dev.mcpbridge.translation.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait for an answer at this process.
 */
final class InFlight {

	private final ConcurrentMap<String, Set<String>> sessions = new ConcurrentHashMap<>();

	private final TranslationLimits limits;

	private final TranslationListener listener;

	InFlight(TranslationLimits limits, TranslationListener listener) {
		this.limits = limits;
		this.listener = listener;
	}

	/**
	 * Takes requests in.
	 * @param session the session they are of
	 * @param awaited the requests
	 * @return lets them out
	 * @throws dev.mcpbridge.message.JsonRpcException if one of them has the id of another
	 * one, or there are too many
	 */
	Runnable enter(String session, Awaited awaited) {
		if (awaited.isOver()) {
			return () -> {
			};
		}
		Set<String> answers = Set.copyOf(awaited.answers());
		this.sessions.compute(session, (id, waiting) -> with((waiting != null) ? waiting : Set.of(), answers));
		return () -> this.sessions.computeIfPresent(session, (id, waiting) -> without(waiting, answers));
	}

	private Set<String> with(Set<String> waiting, Set<String> answers) {
		Set<String> all = new HashSet<>(waiting);
		if (answers.stream().anyMatch(waiting::contains)) {
			this.listener.refused(Transport.SSE, Refused.DUPLICATE_ID);
			throw Refusals.malformed("Request id in use");
		}
		all.addAll(answers);
		if (all.size() > this.limits.maxWaiting()) {
			this.listener.refused(Transport.SSE, Refused.TOO_MANY);
			throw Refusals.tooMany("Too many requests wait for an answer");
		}
		return all;
	}

	private static @Nullable Set<String> without(Set<String> waiting, Set<String> answers) {
		Set<String> left = new HashSet<>(waiting);
		left.removeAll(answers);
		return left.isEmpty() ? null : left;
	}

}
