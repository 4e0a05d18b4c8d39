package dev.mcpbridge.relay;

/**
 * A reader was so far behind that entries were dropped it had not read.
 */
public final class RelayOverrunException extends RuntimeException {

	/**
	 * Says so.
	 */
	public RelayOverrunException() {
		super("entries were dropped before they were read", null, false, false);
	}

}
