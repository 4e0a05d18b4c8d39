package dev.mcpbridge.translation.sseupstream;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Events as a streamable client reads them.
 */
final class EventText {

	private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

	private EventText() {
	}

	/**
	 * Writes a message; JSON may have line ends between its tokens.
	 */
	static String message(Optional<String> id, String content) {
		String data = LINE_END.matcher(content).replaceAll("\ndata: ");
		return id.map("id: %s\n"::formatted).orElse("") + "event: message\ndata: " + data + "\n\n";
	}

	/** Writes an event that says nothing but where the stream is. */
	static Optional<String> place(Optional<String> id) {
		return id.map("id: %s\ndata: \n\n"::formatted);
	}

}
