package dev.mcpbridge.simulator.oauth;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a refresh token when it is used.
 */
public enum RotationRule {

	/**
	 * The token just used stays valid until its successor is first used, as
	 * {@code workers-oauth-provider} does.
	 */
	GRACE("invalid_grant", "Invalid refresh token", 400) {

		@Override
		@Nullable String kept(String used) {
			return used;
		}

	},

	/**
	 * A token is good for one use, as behind {@code /v1/mcp/authv2}.
	 */
	SINGLE_USE("unauthorized_client", "refresh_token is invalid", 403) {

		@Override
		@Nullable String kept(String used) {
			return null;
		}

	};

	private final String error;

	private final String description;

	private final int status;

	RotationRule(String error, String description, int status) {
		this.error = error;
		this.description = description;
		this.status = status;
	}

	/**
	 * Returns what remains valid beside the new token.
	 * @param used the refresh token just used
	 * @return the token to keep, or {@code null}
	 */
	abstract @Nullable String kept(String used);

	Refusal refusal() {
		return new Refusal(this.status, this.error, this.description);
	}

}
