package dev.mcpbridge.relay;

import java.time.Duration;

import io.netty.buffer.ByteBufUtil;

import org.springframework.util.unit.DataSize;

/**
 * How much a channel holds, and for how long.
 *
 * @param buffer the most its entries take together, topic and content counted in UTF-8; a
 * single entry above it is refused
 * @param history how long an entry is kept for readers that come late, at least
 * {@code 1ms}
 * @param lifetime how long a channel is open that nobody keeps, and how long what was
 * left in it can be read after its end; at least {@code 1ms}
 */
public record RelayLimits(DataSize buffer, Duration history, Duration lifetime) {

	/**
	 * Refuses limits nothing would fit in.
	 */
	public RelayLimits {
		require("buffer", buffer, buffer.toBytes() > 0);
		require("history", history, history.toMillis() > 0);
		require("lifetime", lifetime, lifetime.toMillis() > 0);
	}

	/**
	 * Measures an entry.
	 * @param topic what it is about
	 * @param content the message
	 * @return how much of the buffer it takes, in bytes
	 * @throws IllegalArgumentException if that is more than there is
	 */
	public int measure(String topic, String content) {
		long bytes = (long) ByteBufUtil.utf8Bytes(topic) + ByteBufUtil.utf8Bytes(content);
		if (bytes > this.buffer.toBytes()) {
			throw new IllegalArgumentException(
					"message of %d bytes (expected: %d or fewer)".formatted(bytes, this.buffer.toBytes()));
		}
		return (int) bytes;
	}

	private static void require(String name, Object value, boolean valid) {
		if (!valid) {
			throw new IllegalArgumentException("%s: %s (expected: more than 0)".formatted(name, value));
		}
	}

}
