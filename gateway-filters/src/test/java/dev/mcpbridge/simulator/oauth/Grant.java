package dev.mcpbridge.simulator.oauth;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What one person allowed one client, and the refresh tokens that still renew it.
 */
record Grant(String person, String id, String clientId, String scope, Code code, @Nullable String current,
		@Nullable String previous) {

	/**
	 * The authorization code a grant began with.
	 */
	record Code(String value, String challenge, String redirectUri, Instant expiresAt, boolean used) {
	}

	boolean isRenewable() {
		return (" " + this.scope + " ").contains(" offline_access ");
	}

	boolean isRenewedBy(String refreshToken) {
		return refreshToken.equals(this.current) || refreshToken.equals(this.previous);
	}

	Grant redeemed(@Nullable String refreshToken) {
		Code used = new Code(this.code.value(), this.code.challenge(), this.code.redirectUri(), this.code.expiresAt(),
				true);
		return new Grant(this.person, this.id, this.clientId, this.scope, used, refreshToken, null);
	}

	Grant rotated(String newest, @Nullable String kept) {
		return new Grant(this.person, this.id, this.clientId, this.scope, this.code, newest, kept);
	}

	String token(String secret) {
		return this.person + ":" + this.id + ":" + secret;
	}

}
