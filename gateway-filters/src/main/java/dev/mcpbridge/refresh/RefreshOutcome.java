package dev.mcpbridge.refresh;

import java.time.Duration;

import dev.mcpbridge.grant.Grant;

/**
 * What came of keeping a grant fresh. The difference between the last two is a login:
 * {@link Revoked} costs one, {@link Unreachable} must not.
 */
public sealed interface RefreshOutcome {

	/**
	 * The tokens at hand serve.
	 *
	 * @param grant the grant as it is
	 */
	record Kept(Grant grant) implements RefreshOutcome {

	}

	/**
	 * The tokens were renewed.
	 *
	 * @param grant the next generation
	 */
	record Rotated(Grant grant) implements RefreshOutcome {

	}

	/**
	 * The upstream will never renew this grant; the person has to log in again.
	 *
	 * @param reason the OAuth error code, or {@code ended}
	 */
	record Revoked(String reason) implements RefreshOutcome {

	}

	/**
	 * The upstream gave no answer to rely on; the grant is as good as before.
	 *
	 * @param retryAfter when it is worth another try
	 */
	record Unreachable(Duration retryAfter) implements RefreshOutcome {

	}

}
