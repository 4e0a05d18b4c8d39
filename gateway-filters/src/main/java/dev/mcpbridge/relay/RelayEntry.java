package dev.mcpbridge.relay;

/**
 * What was left in a channel.
 *
 * @param position where it stands: URL-safe characters, meaningful to the relay alone
 * @param topic what it is about, for readers that look for some entries only
 * @param content the text
 */
public record RelayEntry(String position, String topic, String content) {

	@Override
	public String toString() {
		return "RelayEntry[%s, %d characters]".formatted(this.position, this.content.length());
	}

}
