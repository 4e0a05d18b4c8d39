package dev.mcpbridge.access;

import java.time.Duration;
import java.time.InstantSource;

import dev.mcpbridge.access.UpstreamBearer.Granted;
import dev.mcpbridge.access.UpstreamBearer.Refused;
import dev.mcpbridge.access.UpstreamBearer.Unknown;
import dev.mcpbridge.bridge.BridgeToken;
import dev.mcpbridge.bridge.BridgeTokens;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.refresh.GrantKeeper;
import dev.mcpbridge.refresh.RefreshOutcome;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Finds the upstream token a bridge token stands for.
 * <p>
 * The store is authoritative; the token sealed inside serves when the store has lost the
 * grant or cannot answer.
 */
public final class Unwrapping {

	private static final Log log = LogFactory.getLog(Unwrapping.class);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

	private final BridgeTokens bridgeTokens;

	private final @Nullable Grants grants;

	private final @Nullable GrantKeeper keeper;

	private final InstantSource clock;

	/**
	 * Unwraps tokens that carry their upstream token, and no others.
	 * @param bridgeTokens opens tokens
	 * @param clock tells whether a carried token is over
	 */
	public Unwrapping(BridgeTokens bridgeTokens, InstantSource clock) {
		this(bridgeTokens, null, null, clock);
	}

	/**
	 * Unwraps tokens with and without grants.
	 * @param bridgeTokens opens tokens
	 * @param grants where grants are kept, or {@code null} if there are none
	 * @param keeper keeps them fresh, or {@code null} if there are none
	 * @param clock tells whether a carried token is over
	 */
	public Unwrapping(BridgeTokens bridgeTokens, @Nullable Grants grants, @Nullable GrantKeeper keeper,
			InstantSource clock) {
		this.bridgeTokens = bridgeTokens;
		this.grants = grants;
		this.keeper = keeper;
		this.clock = clock;
	}

	Mono<UpstreamBearer> unwrap(String jwt, Duration refreshAhead) {
		return this.bridgeTokens.open(jwt)
			.flatMap((token) -> unwrap(token, refreshAhead))
			.defaultIfEmpty(new Refused(Challenger.INVALID))
			.onErrorResume((failure) -> unknown("bridge token", failure));
	}

	private Mono<UpstreamBearer> unwrap(BridgeToken token, Duration refreshAhead) {
		String grantId = token.grantId();
		if (grantId == null || this.grants == null || this.keeper == null) {
			return Mono.just(carried(token));
		}
		GrantKeeper keeper = this.keeper;
		Grants grants = this.grants;
		return Mono.defer(() -> grants.find(grantId))
			.flatMap((grant) -> keeper.fresh(grant, refreshAhead))
			.map(Unwrapping::bearer)
			.defaultIfEmpty(carried(token))
			.onErrorResume((failure) -> (carried(token) instanceof Granted granted) ? Mono.just(granted)
					: unknown("store", failure));
	}

	private UpstreamBearer carried(BridgeToken token) {
		Secret carried = token.carried();
		boolean serves = carried != null && token.carriedUntil().isAfter(this.clock.instant());
		return (carried != null && serves) ? new Granted(carried) : new Refused(Challenger.INVALID);
	}

	private static UpstreamBearer bearer(RefreshOutcome outcome) {
		if (outcome instanceof RefreshOutcome.Kept kept) {
			return bearer(kept.grant());
		}
		if (outcome instanceof RefreshOutcome.Rotated rotated) {
			return bearer(rotated.grant());
		}
		if (outcome instanceof RefreshOutcome.Unreachable unreachable) {
			return new Unknown(unreachable.retryAfter());
		}
		return new Refused(Challenger.INVALID);
	}

	private static UpstreamBearer bearer(Grant grant) {
		UpstreamTokens tokens = grant.tokens();
		return (tokens != null) ? new Granted(tokens.accessToken()) : new Refused(Challenger.INVALID);
	}

	private static Mono<UpstreamBearer> unknown(String what, Throwable failure) {
		log.warn("%s cannot be read reason=%s".formatted(what, failure.getClass().getSimpleName()));
		return Mono.just(new Unknown(RETRY_AFTER));
	}

}
