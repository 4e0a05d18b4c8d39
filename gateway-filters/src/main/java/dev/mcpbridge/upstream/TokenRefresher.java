package dev.mcpbridge.upstream;

import java.time.Duration;

import dev.mcpbridge.secret.Secret;
import reactor.core.publisher.Mono;

/**
 * Redeems refresh tokens, as patiently as it was made to.
 */
public interface TokenRefresher {

	/**
	 * Redeems a refresh token, for the scope it has.
	 * @param client the client it was issued to
	 * @param refreshToken the refresh token
	 * @return what the token endpoint said; never an error
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-6">RFC 6749, section
	 * 6</a>
	 */
	Mono<TokenAnswer> refresh(UpstreamClient client, Secret refreshToken);

	/**
	 * Tells how long {@link #refresh} may take at most, repetitions included.
	 * @return the bound
	 */
	Duration deadline();

	/**
	 * Tells whether the token endpoint is left alone for now, because it failed too
	 * often.
	 * @return whether a refresh would be refused without being sent
	 */
	default boolean isSuspended() {
		return false;
	}

}
