package dev.mcpbridge.translation.sseupstream;

import java.util.Set;

import dev.mcpbridge.message.JsonRpcMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the entries in the channel of a session are about.
 * <p>
 * Its holder tells what a message is from the message alone; who waits for an answer or
 * for progress picks it out, on whatever replica that is. Between the messages replicas
 * say what they do with the session.
 */
final class Topics {

	/** For whoever listens at the session. */
	static final String GENERAL = "general";

	/** A message that can be for nobody; it is never left in a channel. */
	static final String NOBODY = "nobody";

	/** Somebody uses the session; the content is what is asked, if anything. */
	static final String USED = "used";

	/** A stream begins to listen; the content is its name. */
	static final String LISTENING = "listening";

	/**
	 * The upstream's stream was cut: what was asked before this is answered by nobody.
	 */
	static final String CUT = "cut";

	/** The upstream does not know its session any more; the content is the target. */
	static final String LOST = "lost";

	/** The session is over; the content is why. */
	static final String ENDED = "ended";

	/** An id or a token is not longer than this, written as JSON. */
	static final int LONGEST = 128;

	private static final String ANSWER = "answer:";

	private static final String PROGRESS = "progress:";

	private static final String CANCELLED = "cancelled:";

	private static final Set<String> USES = Set.of(USED, LISTENING, ENDED);

	private Topics() {
	}

	/** The topic of a message of the upstream. */
	static String of(JsonRpcMessage message) {
		return switch (message.kind()) {
			case REQUEST -> GENERAL;
			case RESPONSE -> named(ANSWER, message.id());
			case NOTIFICATION ->
				message.method().equals(JsonRpcMessage.PROGRESS) ? named(PROGRESS, message.progressToken()) : GENERAL;
		};
	}

	static String answer(String id) {
		return ANSWER + id;
	}

	static String progress(String token) {
		return PROGRESS + token;
	}

	static String cancelled(String id) {
		return CANCELLED + id;
	}

	/** The id an answer is to, as JSON. */
	static String answered(String topic) {
		return topic.substring(ANSWER.length());
	}

	static boolean isAnswer(String topic) {
		return topic.startsWith(ANSWER);
	}

	/** Tells whether an entry is a message of the upstream. */
	static boolean isMessage(String topic) {
		return topic.equals(GENERAL) || topic.startsWith(ANSWER) || topic.startsWith(PROGRESS);
	}

	/** Tells whether an entry shows that somebody uses the session. */
	static boolean isUse(String topic) {
		return USES.contains(topic);
	}

	private static String named(String prefix, @Nullable JsonNode name) {
		String text = (name != null) ? name.toString() : "";
		return (text.isEmpty() || text.length() > LONGEST) ? NOBODY : prefix + text;
	}

}
