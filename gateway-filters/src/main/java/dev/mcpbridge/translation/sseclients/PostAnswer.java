package dev.mcpbridge.translation.sseclients;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.mcpbridge.translation.Accepted;
import dev.mcpbridge.translation.UpstreamAnswer;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.unit.DataSize;

/**
 * What a client is told about a message it posted.
 *
 * @param status the status
 * @param headers what says more about the body, or when to come again
 * @param body the body
 */
@SuppressWarnings("ArrayRecordComponent")
record PostAnswer(HttpStatusCode status, HttpHeaders headers, byte[] body) {

	/** The rest of a refusal is about the upstream's own transport. */
	private static final List<String> CROSSING = List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.RETRY_AFTER,
			HttpHeaders.WWW_AUTHENTICATE);

	/** The upstream has the message; what it says comes on the stream. */
	static PostAnswer accepted() {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.TEXT_PLAIN);
		return new PostAnswer(HttpStatus.ACCEPTED, headers, "Accepted".getBytes(StandardCharsets.US_ASCII));
	}

	/** The upstream's own refusal. */
	static PostAnswer of(UpstreamAnswer answer, byte[] body) {
		HttpHeaders headers = new HttpHeaders();
		CROSSING.forEach((name) -> headers.addAll(name, answer.headers().getOrDefault(name, List.of())));
		return new PostAnswer(answer.status(), headers, body);
	}

	/** Reads the upstream's own refusal; a body that is too large is left out. */
	static Mono<PostAnswer> read(UpstreamAnswer answer, DataSize limit) {
		return DataBufferUtils.join(answer.body(), (int) Math.min(limit.toBytes(), Integer.MAX_VALUE)).map((buffer) -> {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			DataBufferUtils.release(buffer);
			return bytes;
		}).onErrorReturn(new byte[0]).defaultIfEmpty(new byte[0]).map((body) -> of(answer, body));
	}

	Mono<Void> write(ServerHttpResponse response) {
		response.setStatusCode(this.status);
		response.getHeaders().putAll(this.headers);
		response.getHeaders().setContentLength(this.body.length);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(this.body)));
	}

	@Override
	public String toString() {
		return "PostAnswer[%s, %d bytes]".formatted(this.status, this.body.length);
	}

}
