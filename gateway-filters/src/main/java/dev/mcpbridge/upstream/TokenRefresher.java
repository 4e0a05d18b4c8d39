package dev.mcpbridge.upstream;

import java.time.Duration;

import dev.mcpbridge.secret.Secret;
import reactor.core.publisher.Mono;

/**
 * Redeems refresh tokens at the upstream.
 * <p>
 * Every end is a {@link TokenAnswer}, none is an error.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-6">RFC 6749, section 6</a>
 */
public interface TokenRefresher {

	/**
	 * Redeems a refresh token, for the scope it has.
	 * @param client the client it was issued to
	 * @param refreshToken the refresh token
	 * @return what the token endpoint said; each subscription asks anew
	 */
	Mono<TokenAnswer> refresh(UpstreamClient client, Secret refreshToken);

	/**
	 * Returns how long a refresh may take, from its subscription to its answer.
	 * @return the longest time
	 */
	Duration deadline();

	/**
	 * Tells whether the upstream is left alone at the moment, so that what can wait had
	 * better not ask.
	 * @return whether the circuit to the upstream is open
	 */
	default boolean isSuspended() {
		return false;
	}

}
