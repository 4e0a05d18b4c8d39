package dev.mcpbridge.stream;

import java.util.Locale;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Counts the events of a stream as they pass, whatever the cuts between its buffers, and
 * finds endpoint events that are not the first.
 * <p>
 * An event is what ends in a blank line and has a line that begins like {@code data}, the
 * only field that does with a d. Comments are none. Most lines are looked at by their
 * first byte only.
 */
final class PassingEvents {

	private static final String ENDPOINT = "event:endpoint";

	/** The line under way if it names an event, without its spaces, up to a length. */
	private final StringBuilder naming = new StringBuilder();

	private boolean inLine;

	private boolean afterCr;

	private boolean data;

	private boolean any;

	private boolean lateEndpoint;

	/**
	 * Takes note of bytes that pass.
	 * @param buffer the bytes, left unread
	 * @return how many events end in them
	 */
	int advance(DataBuffer buffer) {
		int events = 0;
		int end = buffer.writePosition();
		for (int i = buffer.readPosition(); i < end; i++) {
			if (this.inLine && this.naming.isEmpty()) {
				int over = buffer.indexOf(PassingEvents::endsLine, i);
				if (over < 0) {
					return events;
				}
				i = over;
			}
			byte next = buffer.getByte(i);
			if (this.inLine) {
				goOn(next);
			}
			else if (begin(next)) {
				events++;
			}
		}
		return events;
	}

	/**
	 * Tells whether an event named {@code endpoint} came after another event.
	 * @return whether one did, known before its blank line passes
	 */
	boolean hasLateEndpoint() {
		return this.lateEndpoint;
	}

	/** Takes the first byte of a line, and tells whether it ends an event. */
	private boolean begin(byte first) {
		boolean secondHalf = first == '\n' && this.afterCr;
		this.afterCr = first == '\r';
		if (secondHalf) {
			return false;
		}
		this.inLine = !endsLine(first);
		if (first == 'e') {
			this.naming.append('e');
		}
		boolean event = !this.inLine && this.data;
		this.any |= event;
		this.data = (this.data || first == 'd') && this.inLine;
		return event;
	}

	private void goOn(byte next) {
		if (endsLine(next)) {
			this.inLine = false;
			this.afterCr = next == '\r';
			this.lateEndpoint |= this.any && isEndpoint();
			this.naming.setLength(0);
		}
		else if (!this.naming.isEmpty() && next > ' ' && this.naming.length() <= ENDPOINT.length()) {
			this.naming.append((char) next);
		}
	}

	private boolean isEndpoint() {
		return this.naming.toString().toLowerCase(Locale.ROOT).equals(ENDPOINT);
	}

	private static boolean endsLine(int next) {
		return next == '\n' || next == '\r';
	}

}
