package dev.mcpbridge.relay.redis;

import java.util.Optional;
import java.util.function.Supplier;

import dev.mcpbridge.relay.RelayEntry;
import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.relay.RelayOutageException;
import dev.mcpbridge.relay.RelayOverrunException;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.MissingKeyException;
import dev.mcpbridge.secret.SealedTexts;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What is in Redis of a channel, readable by us only: each text belongs to its channel,
 * and a note is no entry.
 * <p>
 * A text that a missing key has sealed may open later, so it is an outage. An entry
 * nobody can open is lost, as one that was dropped.
 */
final class SealedEntries {

	private static final Log log = LogFactory.getLog(SealedEntries.class);

	/** What the length of a topic takes at most, and the colon. */
	private static final int LENGTH = 11;

	private static final int NOTE = 64 * 1024;

	private final SealedTexts texts;

	SealedEntries(Supplier<KeyRing> keys, RelayLimits limits) {
		int longest = Math.toIntExact(Math.max(NOTE, limits.buffer().toBytes() + LENGTH));
		this.texts = new SealedTexts(keys, "relay", longest);
	}

	String note(String channel, String note) {
		return this.texts.seal("note:" + channel, note);
	}

	Optional<String> openNote(String channel, String sealed) {
		return open("note:" + channel, sealed);
	}

	String entry(String channel, String topic, String content) {
		return this.texts.seal("entry:" + channel, topic.length() + ":" + topic + content);
	}

	RelayEntry openEntry(String channel, String position, String sealed) {
		String text = open("entry:" + channel, sealed).orElseThrow(RelayOverrunException::new);
		int begin = text.indexOf(':') + 1;
		int end = begin + Integer.parseInt(text.substring(0, begin - 1));
		return new RelayEntry(position, text.substring(begin, end), text.substring(end));
	}

	private Optional<String> open(String place, String sealed) {
		Optional<String> text = this.texts.open(place, sealed);
		if (text.isEmpty()) {
			boolean missing = this.texts.isOfMissingKey(sealed);
			log.info("relayed text unreadable reason=%s".formatted(missing ? "missing_key" : "unknown"));
			if (missing) {
				throw new RelayOutageException(new MissingKeyException("relay"));
			}
		}
		return text;
	}

}
