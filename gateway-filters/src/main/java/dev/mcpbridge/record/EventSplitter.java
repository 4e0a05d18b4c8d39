package dev.mcpbridge.record;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Splits a stream into its events, whatever the cuts between its parts.
 * <p>
 * An event larger than the bound is cut off there. After a gap it goes on with the first
 * event that is whole.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">HTML,
 * interpreting an event stream</a>
 */
final class EventSplitter {

	private static final String BYTE_ORDER_MARK = "\ufeff";

	private final int limit;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	private final StringBuilder data = new StringBuilder();

	private int kept;

	private boolean any;

	private boolean truncated;

	/** Whether the line under way is: its end may be the beginning of a secret. */
	private boolean cut;

	/** Whether what follows in the event has no room. */
	private boolean full;

	private boolean atStart = true;

	private boolean afterCr;

	private boolean lost;

	/** Whether the line under way has bytes, kept or not. */
	private boolean inLine;

	private String name = "";

	private @Nullable String id;

	EventSplitter(int limit) {
		this.limit = limit;
	}

	/**
	 * Takes the next part.
	 * @param part the bytes
	 * @return the events that end in it
	 */
	List<SseEvent> feed(byte[] part) {
		List<SseEvent> events = new ArrayList<>();
		for (byte next : part) {
			boolean second = next == '\n' && this.afterCr;
			this.afterCr = next == '\r';
			if (second) {
				continue;
			}
			if (next == '\n' || next == '\r') {
				endOfLine(events);
			}
			else {
				take(next);
			}
		}
		return events;
	}

	/** Something in between is missing. */
	void gap() {
		this.line.reset();
		reset();
		this.lost = true;
		this.inLine = true;
		this.atStart = false;
		this.afterCr = false;
	}

	private void take(byte next) {
		this.inLine = true;
		if (this.line.size() < this.limit - this.kept) {
			this.line.write(next);
		}
		else {
			this.truncated = true;
			this.cut = true;
		}
	}

	private void endOfLine(List<SseEvent> events) {
		boolean blank = !this.inLine;
		String text = this.line.toString(StandardCharsets.UTF_8);
		this.line.reset();
		this.inLine = false;
		if (this.atStart && text.startsWith(BYTE_ORDER_MARK)) {
			text = text.substring(1);
			blank = text.isEmpty();
		}
		this.atStart = false;
		if (blank) {
			endOfEvent(events);
		}
		else if (!this.lost) {
			int colon = text.indexOf(':');
			String value = (colon < 0) ? "" : text.substring(colon + 1);
			field((colon < 0) ? text : text.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
		}
		this.cut = false;
	}

	private void field(String field, String value) {
		switch (field) {
			case "event" -> this.name = this.cut ? "" : value;
			case "data" -> {
				if (this.full) {
					return;
				}
				this.full = this.truncated;
				this.data.append(value).append('\n');
				this.kept = Math.min(this.limit, this.kept + value.length());
				this.any = true;
			}
			case "id" -> this.id = this.cut ? null : value;
			default -> {
			}
		}
	}

	private void endOfEvent(List<SseEvent> events) {
		if (this.any && !this.lost) {
			events.add(new SseEvent(this.name.isEmpty() ? "message" : this.name,
					this.data.substring(0, this.data.length() - 1), this.id, this.truncated));
		}
		this.lost = false;
		reset();
	}

	private void reset() {
		this.data.setLength(0);
		this.kept = 0;
		this.any = false;
		this.truncated = false;
		this.full = false;
		this.name = "";
		this.id = null;
	}

}
