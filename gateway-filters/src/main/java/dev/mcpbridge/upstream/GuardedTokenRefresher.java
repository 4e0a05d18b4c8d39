package dev.mcpbridge.upstream;

import java.time.Duration;

import dev.mcpbridge.secret.Secret;
import reactor.core.publisher.Mono;

/**
 * Redeems refresh tokens at an upstream that may be unwell.
 * <p>
 * Outages are tried again, never before the upstream wants it and never past the
 * deadline; a refusal is an answer and is not. An upstream that fails too often is left
 * alone for a while, and only so many requests wait for it at once.
 */
public final class GuardedTokenRefresher implements TokenRefresher {

	private final TokenRefresher plain;

	private final Guards guards;

	private final Circuit circuit;

	/**
	 * Puts guards before a token endpoint.
	 * @param plain the token endpoint
	 * @param guards the guards, which serve no other
	 */
	public GuardedTokenRefresher(TokenRefresher plain, Guards guards) {
		this.plain = plain;
		this.guards = guards;
		this.circuit = new Circuit(guards.circuit());
	}

	@Override
	public Mono<TokenAnswer> refresh(UpstreamClient client, Secret refreshToken) {
		Mono<TokenAnswer> call = this.plain.refresh(client, refreshToken);
		return Mono.defer(() -> new GuardedCall(call, this.guards, this.circuit).answer());
	}

	@Override
	public Duration deadline() {
		return this.guards.timeLimiter().getTimeLimiterConfig().getTimeoutDuration();
	}

	@Override
	public boolean isSuspended() {
		return this.circuit.isOpen();
	}

}
