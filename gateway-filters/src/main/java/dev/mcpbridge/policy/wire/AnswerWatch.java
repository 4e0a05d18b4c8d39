package dev.mcpbridge.policy.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import dev.mcpbridge.policy.CallOutcome;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * A response that sees how it answers a call, and passes everything on untouched.
 */
public final class AnswerWatch extends ServerHttpResponseDecorator {

	private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);

	private final OutcomeProbe probe = new OutcomeProbe();

	/** How much of {@code data:} the line under way begins with; -1 for another field. */
	private int matched;

	private boolean blank = true;

	/**
	 * Watches a response.
	 * @param response where it goes
	 */
	public AnswerWatch(ServerHttpResponse response) {
		super(response);
	}

	/**
	 * Returns how the call ended, once the answer has.
	 * @return the outcome
	 */
	public CallOutcome outcome() {
		HttpStatusCode answered = getStatusCode();
		HttpStatusCode status = (answered != null) ? answered : HttpStatus.OK;
		if (status.isError()) {
			return status.isSameCodeAs(HttpStatus.UNAUTHORIZED) ? CallOutcome.UNAUTHORIZED : CallOutcome.FAILED;
		}
		if (status.isSameCodeAs(HttpStatus.ACCEPTED)) {
			return CallOutcome.ACCEPTED;
		}
		CallOutcome seen = Answers.isEncoded(getHeaders()) ? CallOutcome.OK : this.probe.outcome();
		return (seen != null) ? seen : CallOutcome.BROKEN;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return super.writeWith(Flux.from(body).doOnNext(this::look));
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return super.writeAndFlushWith(Flux.from(body).map((group) -> Flux.from(group).doOnNext(this::look)));
	}

	private void look(DataBuffer buffer) {
		if (buffer.readableByteCount() == 0 || Answers.isEncoded(getHeaders())) {
			return;
		}
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.toByteBuffer(ByteBuffer.wrap(bytes));
		if (Answers.isStream(getHeaders())) {
			events(bytes);
		}
		else {
			this.probe.look(bytes, 0, bytes.length);
		}
	}

	/** What stands behind {@code data:} is the message, a line of it after the other. */
	private void events(byte[] bytes) {
		int begin = (this.matched == DATA.length) ? 0 : -1;
		for (int index = 0; index < bytes.length; index++) {
			byte next = bytes[index];
			if (next == '\n' || next == '\r') {
				begin = endOfLine(bytes, begin, index);
			}
			else {
				this.blank = false;
				if (this.matched >= 0 && this.matched < DATA.length) {
					this.matched = (next == DATA[this.matched]) ? this.matched + 1 : -1;
					begin = (this.matched == DATA.length) ? index + 1 : -1;
				}
			}
		}
		if (begin >= 0 && begin < bytes.length) {
			this.probe.look(bytes, begin, bytes.length);
		}
	}

	private int endOfLine(byte[] bytes, int begin, int end) {
		if (begin >= 0 && begin < end) {
			this.probe.look(bytes, begin, end);
		}
		if (this.blank) {
			this.probe.next();
		}
		this.blank = true;
		this.matched = 0;
		return -1;
	}

}
