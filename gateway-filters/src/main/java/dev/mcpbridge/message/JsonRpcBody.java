package dev.mcpbridge.message;

import java.util.List;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A body that was read whole: one message, or a batch of them.
 *
 * @param content the bytes as they came
 * @param batch whether it is an array
 * @param messages what is in it, at least one
 */
@SuppressWarnings("ArrayRecordComponent")
public record JsonRpcBody(byte[] content, boolean batch, List<JsonRpcMessage> messages) {

	/**
	 * Reads a body.
	 * @param content UTF-8 text
	 * @return what is in it
	 * @throws JsonRpcException 400 if it is no JSON, or no JSON-RPC message
	 */
	public static JsonRpcBody of(byte[] content) {
		return MessageReader.read(content);
	}

	/**
	 * Reads a body as it arrives.
	 * @param body the bytes
	 * @param limit how many are kept
	 * @return what is in it; a {@link JsonRpcException} of 413 if it is larger, of 400 if
	 * it is no JSON-RPC
	 */
	public static Mono<JsonRpcBody> read(Flux<DataBuffer> body, DataSize limit) {
		return DataBufferUtils.join(body, (int) Math.min(limit.toBytes(), Integer.MAX_VALUE))
			.onErrorMap(DataBufferLimitException.class,
					(ex) -> new JsonRpcException(HttpStatus.CONTENT_TOO_LARGE,
							new JsonRpcError(JsonRpcError.INVALID_REQUEST, "Message larger than " + limit)))
			.map(JsonRpcBody::bytes)
			.defaultIfEmpty(new byte[0])
			.map(JsonRpcBody::of);
	}

	/**
	 * Tells whether anything in it waits for an answer.
	 * @return whether there is a request
	 */
	public boolean hasRequest() {
		return this.messages.stream().anyMatch(JsonRpcMessage::isRequest);
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	@Override
	public String toString() {
		return "JsonRpcBody[%d bytes, %d messages]".formatted(this.content.length, this.messages.size());
	}

}
