package dev.mcpbridge.translation.sseupstream;

/**
 * The upstream did not take a message, and the client is told what it said.
 */
final class NotTakenException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient UpstreamReply reply;

	NotTakenException(UpstreamReply reply) {
		super("the upstream answered " + reply.status().value(), null, false, false);
		this.reply = reply;
	}

	UpstreamReply reply() {
		return this.reply;
	}

}
