package dev.mcpbridge.access;

import java.time.Duration;

import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.secret.Secret;

/**
 * What a bridge token is worth right now.
 */
sealed interface UpstreamBearer {

	/**
	 * It stands for an upstream token.
	 *
	 * @param token what to send upstream
	 */
	record Granted(Secret token) implements UpstreamBearer {

	}

	/**
	 * It is worth nothing; the client has to get another.
	 *
	 * @param error why
	 */
	record Refused(OAuthError error) implements UpstreamBearer {

	}

	/**
	 * It may be worth something, but that cannot be told now; nobody should log in for
	 * it.
	 *
	 * @param retryAfter when it is worth another try
	 */
	record Unknown(Duration retryAfter) implements UpstreamBearer {

	}

}
