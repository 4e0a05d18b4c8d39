package dev.mcpbridge.relay;

/**
 * The relay holds as many channels as it may. It says nothing about the one that was
 * asked for; whoever asked may come again in a moment.
 */
public final class RelayFullException extends RuntimeException {

	/**
	 * Says so, without a stack trace: there are many of them at once.
	 * @param channels how many channels there are
	 */
	public RelayFullException(int channels) {
		super("the relay is full: %d channels".formatted(channels), null, false, false);
	}

}
