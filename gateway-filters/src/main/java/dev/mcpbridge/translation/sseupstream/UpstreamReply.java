package dev.mcpbridge.translation.sseupstream;

import java.util.List;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.unit.DataSize;
import dev.mcpbridge.translation.UpstreamAnswer;
import reactor.core.publisher.Mono;

/**
 * What the upstream says to a request of ours, read whole.
 *
 * @param status the status
 * @param headers the headers
 * @param body the body, empty if it is a success or too large to be kept
 */
@SuppressWarnings("ArrayRecordComponent")
record UpstreamReply(HttpStatusCode status, HttpHeaders headers, byte[] body) {

	private static final byte[] NOTHING = {};

	/** What a client may be told besides the body. */
	private static final List<String> TOLD = List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.RETRY_AFTER);

	/**
	 * Reads an answer; the body of a success says nothing in the old transport.
	 */
	static Mono<UpstreamReply> of(UpstreamAnswer answer, DataSize limit) {
		if (!answer.status().isError()) {
			return Mono.just(new UpstreamReply(answer.status(), answer.headers(), NOTHING));
		}
		return DataBufferUtils.join(answer.body(), (int) Math.min(limit.toBytes(), Integer.MAX_VALUE))
			.map(UpstreamReply::bytes)
			.onErrorReturn(NOTHING)
			.defaultIfEmpty(NOTHING)
			.map((body) -> new UpstreamReply(answer.status(), answer.headers(), body));
	}

	boolean isTaken() {
		return this.status.is2xxSuccessful();
	}

	boolean isSessionUnknown() {
		return this.status.isSameCodeAs(HttpStatus.NOT_FOUND);
	}

	/**
	 * Tells the client what the upstream said.
	 * @param response the client's response, not committed yet
	 * @return when it is written
	 */
	Mono<Void> write(ServerHttpResponse response) {
		if (!this.status.isError()) {
			response.setStatusCode(HttpStatus.BAD_GATEWAY);
			return response.setComplete();
		}
		response.setStatusCode(this.status);
		TOLD.forEach(
				(name) -> this.headers.getOrEmpty(name).forEach((value) -> response.getHeaders().set(name, value)));
		response.getHeaders().setContentLength(this.body.length);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(this.body)));
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	@Override
	public String toString() {
		return "UpstreamReply[%s, %d bytes]".formatted(this.status, this.body.length);
	}

}
