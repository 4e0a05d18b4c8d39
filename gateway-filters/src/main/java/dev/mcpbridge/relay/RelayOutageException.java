package dev.mcpbridge.relay;

/**
 * The relay cannot be reached, or does not answer.
 */
public final class RelayOutageException extends RuntimeException {

	/**
	 * Names the cause, without a stack trace: there are many of them at once, and all
	 * come from the same place.
	 * @param cause why
	 */
	public RelayOutageException(Throwable cause) {
		super("the relay does not answer: " + cause.getClass().getSimpleName(), cause, false, false);
	}

}
