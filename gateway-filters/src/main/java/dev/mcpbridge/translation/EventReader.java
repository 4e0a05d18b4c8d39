package dev.mcpbridge.translation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.util.unit.DataSize;

/**
 * Reads a body as server-sent events, at any cut between its buffers.
 * <p>
 * Spring's reader takes an event the upstream died in for a whole one, knows no lone
 * carriage return, and gives a stream up for a {@code retry} that is no number; so this
 * one goes by the standard.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">HTML,
 * interpreting an event stream</a>
 */
public final class EventReader {

	private static final String BYTE_ORDER_MARK = "\ufeff";

	/** A longer wait is not believed. */
	private static final int RETRY_DIGITS = 9;

	private final int limit;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	private final StringBuilder data = new StringBuilder();

	private int kept;

	private boolean atStart = true;

	private boolean afterCr;

	private boolean known;

	private String name = "";

	private @Nullable String id;

	private @Nullable Duration retry;

	private EventReader(int limit) {
		this.limit = limit;
	}

	/**
	 * Reads a body.
	 * @param body the bytes, released here
	 * @param limit how large one event may be
	 * @return the events that say anything; an {@link EventTooLargeException} at one that
	 * is larger. What follows the last blank line is no event.
	 */
	public static Flux<Event> over(Flux<DataBuffer> body, DataSize limit) {
		return Flux.defer(() -> {
			EventReader reader = new EventReader((int) Math.min(limit.toBytes(), Integer.MAX_VALUE));
			return body.<List<Event>>handle(reader::read)
				.concatMapIterable((events) -> events, 1)
				.onErrorMap(Exceptions::unwrap);
		});
	}

	private void read(DataBuffer buffer, SynchronousSink<List<Event>> sink) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		List<Event> events = new ArrayList<>();
		try {
			for (byte next : bytes) {
				accept(next, events);
			}
			sink.next(events);
		}
		catch (EventTooLargeException ex) {
			sink.error(ex);
		}
	}

	private void accept(byte next, List<Event> events) throws EventTooLargeException {
		boolean second = next == '\n' && this.afterCr;
		this.afterCr = next == '\r';
		if (second) {
			return;
		}
		if (next == '\n' || next == '\r') {
			endOfLine(events);
			return;
		}
		this.line.write(next);
		if (this.line.size() > this.limit - this.kept) {
			throw new EventTooLargeException(this.limit);
		}
	}

	private void endOfLine(List<Event> events) {
		String text = this.line.toString(StandardCharsets.UTF_8);
		int size = this.line.size();
		this.line.reset();
		if (this.atStart && text.startsWith(BYTE_ORDER_MARK)) {
			text = text.substring(1);
		}
		this.atStart = false;
		if (text.isEmpty()) {
			endOfEvent(events);
		}
		else {
			int colon = text.indexOf(':');
			String value = (colon < 0) ? "" : text.substring(colon + 1);
			field((colon < 0) ? text : text.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value,
					size);
		}
	}

	private void field(String field, String value, int size) {
		switch (field) {
			case "event" -> this.name = value;
			case "data" -> {
				this.data.append(value).append('\n');
				this.kept += size;
				this.known = true;
			}
			case "id" -> {
				this.id = (value.indexOf('\0') < 0) ? value : this.id;
				this.known |= this.id != null;
			}
			case "retry" -> {
				this.retry = isNumber(value) ? Duration.ofMillis(Long.parseLong(value)) : this.retry;
				this.known |= this.retry != null;
			}
			default -> {
			}
		}
	}

	private void endOfEvent(List<Event> events) {
		if (this.known) {
			String lines = this.data.isEmpty() ? "" : this.data.substring(0, this.data.length() - 1);
			events.add(new Event(this.name.isEmpty() ? Event.MESSAGE : this.name, lines, this.id, this.retry));
		}
		this.data.setLength(0);
		this.kept = 0;
		this.known = false;
		this.name = "";
		this.id = null;
		this.retry = null;
	}

	private static boolean isNumber(String value) {
		return !value.isEmpty() && value.length() <= RETRY_DIGITS
				&& value.chars().allMatch((digit) -> digit >= '0' && digit <= '9');
	}

}
