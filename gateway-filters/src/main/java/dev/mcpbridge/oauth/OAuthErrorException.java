package dev.mcpbridge.oauth;

/**
 * Carries an {@link OAuthError} through a reactive chain to the one place that renders
 * it.
 * <p>
 * It has no stack trace: what a client sent is not our failure.
 */
public final class OAuthErrorException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient OAuthError error;

	/**
	 * Carries an error.
	 * @param error what the client will see
	 */
	public OAuthErrorException(OAuthError error) {
		super(error.code() + ": " + error.description(), null, false, false);
		this.error = error;
	}

	/**
	 * Returns what the client will see.
	 * @return the error
	 */
	public OAuthError error() {
		return this.error;
	}

}
