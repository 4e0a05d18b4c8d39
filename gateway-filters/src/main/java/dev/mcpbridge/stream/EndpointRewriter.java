package dev.mcpbridge.stream;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Rewrites the first event of a stream if it is an {@code endpoint} event, at any cut
 * between buffers.
 * <p>
 * Only that event is held back, up to {@value #BOUND} bytes. Comments before it pass at
 * once, and from the first byte of JSON on, or the end of the event, buffers pass
 * uncopied. Refuses a first event that is longer and no JSON.
 */
final class EndpointRewriter {

	static final int BOUND = 64 * 1024;

	private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

	private final UnaryOperator<String> rewrite;

	private final StringBuilder passing = new StringBuilder();

	private final StringBuilder held = new StringBuilder();

	private int lineStart;

	private boolean atStart = true;

	private boolean afterCr;

	private boolean done;

	EndpointRewriter(UnaryOperator<String> rewrite) {
		this.rewrite = rewrite;
	}

	/**
	 * Rewrites a stream.
	 * @param body the stream of the upstream
	 * @param buffers makes what replaces the first event
	 * @param rewrite makes the client's endpoint of the upstream's, or throws an
	 * {@link EndpointException}
	 * @return the stream for the client
	 */
	static Flux<DataBuffer> over(Flux<DataBuffer> body, DataBufferFactory buffers, UnaryOperator<String> rewrite) {
		return Flux.defer(() -> {
			EndpointRewriter rewriter = new EndpointRewriter(rewrite);
			return body.<DataBuffer>handle((buffer, sink) -> rewriter.pass(buffer, buffers, sink))
				.concatWith(Mono.fromSupplier(() -> rewriter.rest(buffers)));
		});
	}

	private void pass(DataBuffer buffer, DataBufferFactory buffers, SynchronousSink<DataBuffer> sink) {
		if (this.done) {
			sink.next(buffer);
			return;
		}
		try {
			accept(buffer);
			if (!this.passing.isEmpty()) {
				sink.next(take(buffers));
			}
		}
		catch (EndpointException ex) {
			sink.error(ex);
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

	private void accept(DataBuffer buffer) {
		while (buffer.readableByteCount() > 0) {
			if (this.done) {
				this.passing.append(buffer.toString(StandardCharsets.ISO_8859_1));
				return;
			}
			accept((char) (buffer.read() & 0xff));
		}
	}

	private void accept(char next) {
		if (next == '\n' && this.afterCr) {
			this.afterCr = false;
			(this.held.isEmpty() ? this.passing : this.held).append(next);
			this.lineStart = this.held.length();
			return;
		}
		this.afterCr = next == '\r';
		this.held.append(next);
		if (next == '\r' || next == '\n') {
			endOfLine();
		}
		else if ((next == '{' || next == '[') && FirstEvent.beginsJson(this.held)) {
			this.done = true;
			release(this.held.toString());
		}
		else if (this.held.length() > BOUND) {
			throw new EndpointException("longer than " + BOUND + " bytes");
		}
		else if (this.atStart && this.held.length() == BYTE_ORDER_MARK.length()) {
			endOfStart();
		}
	}

	/** A byte order mark would hide the name of the first field. */
	private void endOfStart() {
		this.atStart = false;
		if (BYTE_ORDER_MARK.contentEquals(this.held)) {
			this.held.setLength(0);
		}
	}

	private void endOfLine() {
		this.atStart = false;
		int begin = this.lineStart;
		this.lineStart = this.held.length();
		if (begin == this.lineStart - 1) {
			endOfEvent(new FirstEvent(this.held.toString()));
		}
		else if (begin == 0 && this.held.charAt(0) == ':') {
			release(this.held.toString());
		}
	}

	private void endOfEvent(FirstEvent event) {
		this.done = event.isDispatched();
		release((this.done && event.isEndpoint()) ? event.withData(this.rewrite) : event.text());
	}

	private void release(String text) {
		this.passing.append(text);
		this.held.setLength(0);
		this.lineStart = 0;
	}

	/** An event without its blank line is none: it is passed on unless it is ours. */
	private @Nullable DataBuffer rest(DataBufferFactory buffers) {
		if (this.held.isEmpty() || new FirstEvent(this.held + "\n").isEndpoint()) {
			return null;
		}
		release(this.held.toString());
		return take(buffers);
	}

	private DataBuffer take(DataBufferFactory buffers) {
		byte[] bytes = this.passing.toString().getBytes(StandardCharsets.ISO_8859_1);
		this.passing.setLength(0);
		return buffers.wrap(bytes);
	}

}
