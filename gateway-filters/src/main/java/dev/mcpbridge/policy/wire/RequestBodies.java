package dev.mcpbridge.policy.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.mcpbridge.policy.BodyDefect;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;

/**
 * Bodies of requests: read whole within a bound, and sent on from memory.
 */
public final class RequestBodies {

	private RequestBodies() {
	}

	/**
	 * Reads a body whole.
	 * @param request the request
	 * @param limit the most that is read
	 * @return the bytes, perhaps none; a {@link BodyDefectException} if it is larger, or
	 * in an encoding nobody here reads
	 */
	public static Mono<byte[]> read(ServerHttpRequest request, DataSize limit) {
		if (isEncoded(request.getHeaders())) {
			return Mono.error(new BodyDefectException(BodyDefect.ENCODED));
		}
		if (request.getHeaders().getContentLength() > limit.toBytes()) {
			return Mono.error(new BodyDefectException(BodyDefect.TOO_LARGE));
		}
		return DataBufferUtils.join(request.getBody(), (int) Math.min(limit.toBytes(), Integer.MAX_VALUE))
			.onErrorMap(DataBufferLimitException.class, (ex) -> new BodyDefectException(BodyDefect.TOO_LARGE))
			.map(RequestBodies::bytes)
			.defaultIfEmpty(new byte[0]);
	}

	/**
	 * Sends a body on that was read.
	 * @param exchange the exchange
	 * @param content the body as it came
	 * @return the exchange to go on with
	 */
	public static ServerWebExchange again(ServerWebExchange exchange, byte[] content) {
		return exchange.mutate().request(new Read(exchange.getRequest(), exchange, content)).build();
	}

	/**
	 * Sends another body on.
	 * @param exchange the exchange
	 * @param content the body, UTF-8
	 * @return the exchange to go on with
	 */
	public static ServerWebExchange replaced(ServerWebExchange exchange, byte[] content) {
		ServerHttpRequest request = exchange.getRequest().mutate().headers((headers) -> {
			headers.remove(HttpHeaders.TRANSFER_ENCODING);
			headers.setContentLength(content.length);
		}).build();
		return exchange.mutate().request(new Read(request, exchange, content)).build();
	}

	static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private static boolean isEncoded(HttpHeaders headers) {
		List<String> encodings = headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING);
		if (encodings.stream().anyMatch((encoding) -> !encoding.isBlank() && !"identity".equalsIgnoreCase(encoding))) {
			return true;
		}
		try {
			MediaType type = headers.getContentType();
			Charset charset = (type != null) ? type.getCharset() : null;
			return charset != null && !charset.equals(StandardCharsets.UTF_8)
					&& !charset.equals(StandardCharsets.US_ASCII);
		}
		catch (IllegalArgumentException ex) {
			return true;
		}
	}

	/** A request whose body is in memory. */
	private static final class Read extends ServerHttpRequestDecorator {

		private final ServerWebExchange exchange;

		private final byte[] content;

		Read(ServerHttpRequest request, ServerWebExchange exchange, byte[] content) {
			super(request);
			this.exchange = exchange;
			this.content = content;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return (this.content.length == 0) ? Flux.empty()
					: Flux.defer(() -> Flux.just(this.exchange.getResponse().bufferFactory().wrap(this.content)));
		}

	}

}
