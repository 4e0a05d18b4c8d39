package dev.mcpbridge.upstream;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the token endpoint said. The three must never be confused: a refusal may end a
 * login, an outage must not.
 */
public sealed interface TokenAnswer {

	/**
	 * New tokens.
	 *
	 * @param tokens the tokens
	 */
	record Issued(UpstreamTokens tokens) implements TokenAnswer {
	}

	/**
	 * An OAuth error.
	 *
	 * @param code the {@code error}
	 * @param description the {@code error_description}, or {@code null} if there is none;
	 * foreign text, not for logs
	 * @param status the HTTP status
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749, section
	 * 5.2</a>
	 */
	record Refused(String code, @Nullable String description, int status) implements TokenAnswer {

		private static final Set<String> PERMANENT = Set.of("invalid_grant", "invalid_client", "unauthorized_client");

		/**
		 * Tells whether the same request can never succeed again. Other refusals speak of
		 * how we asked, and leave the grant as it is.
		 * @return whether the code, the refresh token or the client is dead
		 */
		public boolean permanent() {
			return PERMANENT.contains(this.code);
		}

		/**
		 * Tells whether the upstream no longer knows the client, so that a new one has to
		 * be registered.
		 * @return whether the client is dead
		 */
		public boolean clientUnknown() {
			return this.code.equals("invalid_client");
		}

		@Override
		public String toString() {
			return "Refused[code=%s, status=%d]".formatted(this.code, this.status);
		}

	}

	/**
	 * No answer to rely on.
	 *
	 * @param outage what is wrong, and whether the token sent may be used up
	 * @param retryAfter how long the upstream asks us to wait, or {@code null} if it does
	 * not say
	 */
	record Unavailable(Outage outage, @Nullable Duration retryAfter) implements TokenAnswer {
	}

}
