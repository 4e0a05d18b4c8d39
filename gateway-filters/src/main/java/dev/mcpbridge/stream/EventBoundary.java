package dev.mcpbridge.stream;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Knows whether a stream of server-sent events is between two events, whatever the cuts
 * between its buffers.
 * <p>
 * It looks at the last three bytes only. A lone carriage return counts as the end of a
 * blank line only when the one before it was lone too: otherwise its line feed may be
 * under way.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">HTML,
 * interpreting an event stream</a>
 */
final class EventBoundary {

	private static final int LF = '\n';

	private static final int CR = '\r';

	/** The last three bytes; a stream begins as if after a blank line. */
	private int tail = LF << 16 | LF << 8 | LF;

	/**
	 * Takes note of bytes that pass.
	 * @param buffer the bytes, left unread
	 */
	void advance(DataBuffer buffer) {
		int end = buffer.writePosition();
		for (int i = Math.max(buffer.readPosition(), end - 3); i < end; i++) {
			advance(buffer.getByte(i));
		}
	}

	/**
	 * Finds where the event ends that is under way.
	 * @param buffer the bytes that follow it, left unread
	 * @return the position after its blank line, or -1 if that is not in the buffer
	 */
	int endOfEvent(DataBuffer buffer) {
		for (int i = buffer.readPosition(); i < buffer.writePosition(); i++) {
			advance(buffer.getByte(i));
			if (isBetweenEvents()) {
				return i + 1;
			}
		}
		return -1;
	}

	private void advance(byte next) {
		this.tail = (this.tail << 8 | (next & 0xff)) & 0xffffff;
	}

	/**
	 * Tells whether a comment may follow.
	 * @return whether the last line is a blank one, and over
	 */
	boolean isBetweenEvents() {
		int last = this.tail & 0xff;
		int before = this.tail >> 8 & 0xff;
		int first = this.tail >> 16;
		if (last == LF && before == CR) {
			return first == LF || first == CR;
		}
		return (last == LF && before == LF) || (last == CR && before == CR);
	}

}
