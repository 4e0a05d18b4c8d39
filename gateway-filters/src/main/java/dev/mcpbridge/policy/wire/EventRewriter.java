package dev.mcpbridge.policy.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Rewrites the messages in a stream of server-sent events, at any cut between its
 * buffers. An event is held until its blank line, up to a bound; those that stay as they
 * are pass byte for byte.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">HTML,
 * interpreting an event stream</a>
 */
final class EventRewriter {

	private final MessageRewriter answers;

	private final int limit;

	private final ByteArrayOutputStream held = new ByteArrayOutputStream();

	private boolean inLine;

	private boolean afterCr;

	private EventRewriter(MessageRewriter answers, int limit) {
		this.answers = answers;
		this.limit = limit;
	}

	/**
	 * Rewrites a stream.
	 * @param body the stream of the upstream, released here
	 * @param buffers makes what is passed on
	 * @param answers rewrites messages
	 * @param limit how large an event may be, in bytes
	 * @return the stream for the client; an {@link UnreadableAnswerException} at an event
	 * that is larger
	 */
	static Flux<DataBuffer> over(Flux<DataBuffer> body, DataBufferFactory buffers, MessageRewriter answers, int limit) {
		return Flux.defer(() -> {
			EventRewriter rewriter = new EventRewriter(answers, limit);
			return body.<DataBuffer>handle((buffer, sink) -> rewriter.pass(buffer, buffers, sink))
				.concatWith(Mono.fromSupplier(() -> rewriter.rest(buffers)));
		});
	}

	private void pass(DataBuffer buffer, DataBufferFactory buffers, SynchronousSink<DataBuffer> sink) {
		if (buffer.readableByteCount() == 0) {
			sink.next(buffer);
			return;
		}
		byte[] bytes = RequestBodies.bytes(buffer);
		ByteArrayOutputStream passing = new ByteArrayOutputStream(bytes.length);
		try {
			int begin = 0;
			for (int index = 0; index < bytes.length; index++) {
				if (endsEvent(bytes[index])) {
					this.held.write(bytes, begin, index + 1 - begin);
					begin = index + 1;
					passing.writeBytes(event());
				}
			}
			this.held.write(bytes, begin, bytes.length - begin);
			if (this.held.size() > this.limit) {
				throw new UnreadableAnswerException("an event larger than %d bytes".formatted(this.limit));
			}
			if (passing.size() > 0) {
				sink.next(buffers.wrap(passing.toByteArray()));
			}
		}
		catch (UnreadableAnswerException ex) {
			sink.error(ex);
		}
	}

	/**
	 * Whether a byte ends an event. A line feed after the carriage return that did is the
	 * beginning of what follows.
	 */
	private boolean endsEvent(byte next) {
		boolean second = next == '\n' && this.afterCr;
		this.afterCr = next == '\r';
		if (second) {
			return false;
		}
		boolean endOfLine = next == '\n' || next == '\r';
		boolean blank = endOfLine && !this.inLine;
		this.inLine = !endOfLine;
		return blank;
	}

	/** An event without its blank line is none, but there are clients that take it. */
	private @Nullable DataBuffer rest(DataBufferFactory buffers) {
		return (this.held.size() > 0) ? buffers.wrap(event()) : null;
	}

	private byte[] event() {
		byte[] raw = this.held.toByteArray();
		this.held.reset();
		String text = new String(raw, StandardCharsets.UTF_8);
		List<String> others = new ArrayList<>();
		List<String> data = new ArrayList<>();
		text.lines().forEach((line) -> {
			String value = dataOf(line);
			if (value != null) {
				data.add(value);
			}
			else if (!line.isEmpty()) {
				others.add(line);
			}
		});
		String written = data.isEmpty() ? null : this.answers.rewrite(String.join("\n", data));
		// the second half of the blank line before
		return (written != null) ? event(text.startsWith("\n") ? "\n" : "", others, written) : raw;
	}

	private static byte[] event(String before, List<String> others, String data) {
		StringBuilder event = new StringBuilder(before);
		others.forEach((line) -> event.append(line).append('\n'));
		return event.append("data: ").append(data).append("\n\n").toString().getBytes(StandardCharsets.UTF_8);
	}

	private static @Nullable String dataOf(String line) {
		String bare = line.startsWith("\ufeff") ? line.substring(1) : line;
		if (bare.equals("data")) {
			return "";
		}
		if (!bare.startsWith("data:")) {
			return null;
		}
		return bare.startsWith("data: ") ? bare.substring("data: ".length()) : bare.substring("data:".length());
	}

}
