package dev.mcpbridge.authorization;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets from the token endpoint. It is kept, sealed, to be given again.
 *
 * @param accessToken the bridge token
 * @param issuedAt when it was made, in seconds since 1970
 * @param expiresAt when it ends, in seconds since 1970
 * @param refreshToken the refresh token, unless the upstream gave none to refresh with
 * @param scope what was granted
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.1">RFC 6749, section
 * 5.1</a>
 */
record TokenResponse(@JsonProperty("b") Secret accessToken, @JsonProperty("i") long issuedAt,
		@JsonProperty("e") long expiresAt, @JsonProperty("r") @Nullable Secret refreshToken,
		@JsonProperty("s") String scope) {

	private static final long WORTH_GIVING_SECONDS = Duration.ofMinutes(1).toSeconds();

	/**
	 * Tells whether the bridge token is still worth giving to a client: for a minute, or
	 * a quarter of its life where that is shorter.
	 * @param now what time it is
	 * @return whether it lives long enough
	 */
	boolean isWorthGiving(Instant now) {
		long life = this.expiresAt - this.issuedAt;
		return this.expiresAt - now.getEpochSecond() >= Math.min(WORTH_GIVING_SECONDS, life / 4);
	}

	Map<String, Object> members(Instant now) {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("access_token", this.accessToken.reveal());
		members.put("token_type", "Bearer");
		members.put("expires_in", Math.max(0, this.expiresAt - now.getEpochSecond()));
		if (this.refreshToken != null) {
			members.put("refresh_token", this.refreshToken.reveal());
		}
		if (!this.scope.isEmpty()) {
			members.put("scope", this.scope);
		}
		return members;
	}

}
