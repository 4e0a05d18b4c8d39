package dev.mcpbridge.message;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.async.ByteBufferFeeder;
import tools.jackson.core.json.JsonFactory;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Sees the method of a body in passing, however the body is cut: waits for nothing, keeps
 * nothing of it, and changes nothing.
 * <p>
 * Only the outermost member {@code method} counts, the first of them. It looks no further
 * than that member, and no further than 64 KB.
 */
public final class MethodProbe {

	private static final int MAX_SEEN = 64 * 1024;

	private static final JsonFactory JSON = new JsonFactory();

	private @Nullable JsonParser parser = JSON.createNonBlockingByteBufferParser(ObjectReadContext.empty());

	private volatile McpMethod method = McpMethod.NONE;

	private int seen;

	private int depth;

	/** Whether the value to come is that of the outermost member. */
	private boolean named;

	/**
	 * Returns what is known by now.
	 * @return the method; {@link McpMethod#NONE} as long as none was seen
	 */
	public McpMethod method() {
		return this.method;
	}

	/**
	 * Looks at the next piece of the body, one at a time.
	 * @param piece the piece, which stays as it is and is not kept
	 */
	public void look(DataBuffer piece) {
		if (this.parser != null) {
			try (DataBuffer.ByteBufferIterator parts = piece.readableByteBuffers()) {
				parts.forEachRemaining(this::look);
			}
		}
	}

	/**
	 * Ends looking and gives back what reading JSON takes. Not while {@link #look} is
	 * under way: then rather not at all.
	 */
	public void close() {
		JsonParser reading = this.parser;
		this.parser = null;
		if (reading != null) {
			reading.close();
		}
	}

	private void look(ByteBuffer part) {
		JsonParser reading = this.parser;
		if (reading == null || !part.hasRemaining()) {
			return;
		}
		ByteBuffer within = part.slice(part.position(), Math.min(part.remaining(), MAX_SEEN - this.seen));
		this.seen += within.remaining();
		try {
			((ByteBufferFeeder) reading.nonBlockingInputFeeder()).feedInput(within);
			read(reading);
		}
		catch (RuntimeException ex) {
			// no JSON; Jackson has more than its own exceptions for that, and no look may
			// end a request
			found(McpMethod.OTHER);
		}
		if (this.parser != null && this.seen >= MAX_SEEN) {
			found(McpMethod.OTHER);
		}
	}

	private void read(JsonParser reading) {
		JsonToken token = reading.nextToken();
		while (token != null && token != JsonToken.NOT_AVAILABLE) {
			if (this.named) {
				found((token == JsonToken.VALUE_STRING) ? McpMethod.of(reading.getString()) : McpMethod.OTHER);
			}
			else if (this.depth == 0 && token != JsonToken.START_OBJECT) {
				found((token == JsonToken.START_ARRAY) ? McpMethod.BATCH : McpMethod.OTHER);
			}
			if (this.parser == null) {
				return;
			}
			this.depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
			if (this.depth == 0) {
				close();
				return;
			}
			this.named = this.depth == 1 && token == JsonToken.PROPERTY_NAME && "method".equals(reading.currentName());
			token = reading.nextToken();
		}
	}

	private void found(McpMethod found) {
		this.method = found;
		close();
	}

}
