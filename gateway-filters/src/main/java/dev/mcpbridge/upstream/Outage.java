package dev.mcpbridge.upstream;

/**
 * Why the upstream could not be asked. None of these says anything about the grant: they
 * pass, and what is still valid stays valid.
 */
public enum Outage {

	/** No connection: refused, unresolved, untrusted or too slow to open. */
	UNREACHABLE(false),

	/** The connection ended before the answer did. */
	INTERRUPTED(true),

	/** The answer took too long. */
	TIMEOUT(true),

	/** Too many requests: status 429. */
	THROTTLED(false),

	/** Status 5xx, or an OAuth error that means the same. */
	SERVER_ERROR(true),

	/**
	 * An answer that is not what was asked for: HTML, half a document, too much of it.
	 */
	UNREADABLE(true),

	/** Not asked: it failed too often of late, and is left alone for a while. */
	LEFT_ALONE(false),

	/** Not asked: too many requests of ours are waiting for it. */
	CROWDED(false);

	private final boolean maybeActedOn;

	Outage(boolean maybeActedOn) {
		this.maybeActedOn = maybeActedOn;
	}

	/**
	 * Tells whether the upstream may have done what was asked although we did not hear of
	 * it. A refresh token sent then may be used up.
	 * @return whether the request may have had its effect
	 */
	public boolean maybeActedOn() {
		return this.maybeActedOn;
	}

}
