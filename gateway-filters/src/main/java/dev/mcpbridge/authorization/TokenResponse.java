package dev.mcpbridge.authorization;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What the token endpoint gives.
 *
 * @param accessToken the bridge token
 * @param expiresIn how many seconds it lives
 * @param refreshToken our refresh token, or {@code null} if the upstream gave none to
 * build on
 * @param scope what was granted; empty if the upstream does not say
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.1">RFC 6749, section
 * 5.1</a>
 */
record TokenResponse(Secret accessToken, long expiresIn, @Nullable Secret refreshToken, String scope) {

	Map<String, Object> members() {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("access_token", this.accessToken.reveal());
		members.put("token_type", "Bearer");
		members.put("expires_in", this.expiresIn);
		if (this.refreshToken != null) {
			members.put("refresh_token", this.refreshToken.reveal());
		}
		if (!this.scope.isEmpty()) {
			members.put("scope", this.scope);
		}
		return members;
	}

}
