package dev.mcpbridge.relay;

/**
 * The relay cannot be reached, or does not answer.
 */
public final class RelayOutageException extends RuntimeException {

	/**
	 * Names the cause.
	 * @param cause why
	 */
	public RelayOutageException(Throwable cause) {
		super("the relay does not answer", cause);
	}

}
