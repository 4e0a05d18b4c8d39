package dev.mcpbridge.authorization;

import dev.mcpbridge.oauth.OAuthError;
import org.jspecify.annotations.Nullable;

/**
 * Carries a refusal, and why, to where it is counted and told.
 * <p>
 * It has no stack trace: what a client sent is not our failure.
 */
final class TokenRefusal extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final OAuthError DEAD = OAuthError
		.invalidGrant("the refresh token is invalid, expired, used, revoked, or not this client's");

	private final transient OAuthError error;

	private final RefusalReason reason;

	private final @Nullable String login;

	private TokenRefusal(OAuthError error, RefusalReason reason, @Nullable String login) {
		super(error.code() + ": " + reason.word(), null, false, false);
		this.error = error;
		this.reason = reason;
		this.login = login;
	}

	/** The code was not good. */
	static TokenRefusal ofCode(RefusalReason reason) {
		return new TokenRefusal(OAuthError.invalidGrant("the code is invalid, expired, used, or not this client's"),
				reason, null);
	}

	/** The refresh token was not good, whatever its grant is. */
	static TokenRefusal ofRefreshToken(RefusalReason reason) {
		return new TokenRefusal(DEAD, reason, null);
	}

	/**
	 * The grant behind the refresh token is over.
	 * @param reason the reason among all refusals
	 * @param login why the person has to log in again, in one of a few words
	 */
	static TokenRefusal ofGrant(RefusalReason reason, String login) {
		return new TokenRefusal(DEAD, reason, login);
	}

	/** The client was not who it said, or said nothing. */
	static TokenRefusal ofClient(String description, RefusalReason reason) {
		return new TokenRefusal(OAuthError.invalidClient(description), reason, null);
	}

	OAuthError error() {
		return this.error;
	}

	RefusalReason reason() {
		return this.reason;
	}

	/** Why the person has to log in again, or {@code null} if they do not. */
	@Nullable String login() {
		return this.login;
	}

}
