package dev.mcpbridge.access;

import java.time.Duration;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.refresh.RefreshOutcome;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * What a bridge token is worth right now.
 */
sealed interface UpstreamBearer {

	/** Says what a grant is worth by what came of keeping it fresh. */
	static UpstreamBearer of(RefreshOutcome outcome) {
		if (outcome instanceof RefreshOutcome.Kept kept) {
			return of(kept.grant());
		}
		if (outcome instanceof RefreshOutcome.Rotated rotated) {
			return of(rotated.grant());
		}
		if (outcome instanceof RefreshOutcome.Unreachable unreachable) {
			return new Unknown(unreachable.retryAfter(), AccessListener.Outage.REFRESH);
		}
		return new Refused(AccessListener.Challenge.REVOKED);
	}

	private static UpstreamBearer of(Grant grant) {
		UpstreamTokens tokens = grant.tokens();
		return (tokens != null) ? new Granted(tokens.accessToken(), grant)
				: new Refused(AccessListener.Challenge.REVOKED);
	}

	/**
	 * It stands for an upstream token.
	 *
	 * @param token what to send upstream
	 * @param grant what can be renewed if the upstream refuses the token; {@code null} if
	 * nothing can
	 */
	record Granted(Secret token, @Nullable Grant grant) implements UpstreamBearer {

		/** Returns the exchange with a request that presents the token. */
		ServerWebExchange on(ServerWebExchange exchange) {
			return exchange.mutate().request(new PresentingRequest(exchange.getRequest(), this.token)).build();
		}

	}

	/**
	 * It is worth nothing; the client has to get another.
	 *
	 * @param why what is wrong with it
	 */
	record Refused(AccessListener.Challenge why) implements UpstreamBearer {

	}

	/**
	 * It may be worth something, but that cannot be told now; nobody should log in for
	 * it.
	 *
	 * @param retryAfter when it is worth another try
	 * @param why what gives no answer
	 */
	record Unknown(Duration retryAfter, AccessListener.Outage why) implements UpstreamBearer {

	}

}
