package dev.mcpbridge.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import dev.mcpbridge.access.AccessListener.Carried;
import dev.mcpbridge.access.AccessListener.Challenge;
import dev.mcpbridge.access.AccessListener.Outage;
import dev.mcpbridge.access.UpstreamBearer.Granted;
import dev.mcpbridge.access.UpstreamBearer.Refused;
import dev.mcpbridge.access.UpstreamBearer.Unknown;
import dev.mcpbridge.bridge.BridgeToken;
import dev.mcpbridge.bridge.BridgeTokens;
import dev.mcpbridge.exchange.Caller;
import dev.mcpbridge.exchange.Identity;
import dev.mcpbridge.exchange.Renewal;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.refresh.GrantKeeper;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

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

	private final AccessListener listener;

	/**
	 * Unwraps tokens with and without grants.
	 * @param bridgeTokens opens tokens
	 * @param grants where grants are kept, or {@code null} if there are none
	 * @param keeper keeps them fresh, or {@code null} if there are none
	 * @param clock tells whether a carried token is over
	 * @param listener hears of carried tokens that serve
	 */
	public Unwrapping(BridgeTokens bridgeTokens, @Nullable Grants grants, @Nullable GrantKeeper keeper,
			InstantSource clock, AccessListener listener) {
		this.bridgeTokens = bridgeTokens;
		this.grants = grants;
		this.keeper = keeper;
		this.clock = clock;
		this.listener = listener;
	}

	/**
	 * Finds the upstream token if nobody has to be asked for it: the bridge token is
	 * known, its grant was seen just now, and its upstream token is fresh. Does for the
	 * filters further in what {@link #unwrap} does.
	 * @param jwt what the client presented
	 * @param refreshAhead how long before its end an upstream token is renewed
	 * @param exchange the request
	 * @return the upstream token; empty if it has to be unwrapped
	 */
	Optional<Granted> atOnce(String jwt, Duration refreshAhead, ServerWebExchange exchange) {
		return this.bridgeTokens.known(jwt).flatMap((token) -> {
			Optional<Granted> granted = atOnce(token, refreshAhead);
			granted.ifPresent((bearer) -> introduce(token, refreshAhead, exchange));
			return granted;
		});
	}

	private Optional<Granted> atOnce(BridgeToken token, Duration refreshAhead) {
		String grantId = token.grantId();
		if (grantId == null) {
			return Optional.ofNullable(token.carried()).map((carried) -> new Granted(carried, null));
		}
		Grants grants = this.grants;
		GrantKeeper keeper = this.keeper;
		return (grants != null && keeper != null) ? grants.near(grantId)
			.flatMap((grant) -> keeper.freshNow(grant, refreshAhead).map((secret) -> new Granted(secret, grant)))
				: Optional.empty();
	}

	/**
	 * Finds the upstream token, and tells the filters further in whose request it is and
	 * how its credentials are renewed.
	 * @param jwt what the client presented
	 * @param refreshAhead how long before its end an upstream token is renewed
	 * @param exchange the request
	 * @return what the bridge token is worth; never an error
	 */
	Mono<UpstreamBearer> unwrap(String jwt, Duration refreshAhead, ServerWebExchange exchange) {
		return this.bridgeTokens.open(jwt)
			.doOnNext((token) -> introduce(token, refreshAhead, exchange))
			.flatMap((token) -> unwrap(token, refreshAhead))
			.defaultIfEmpty(new Refused(Challenge.INVALID))
			.onErrorResume((failure) -> unknown(Outage.KEYS, failure));
	}

	private void introduce(BridgeToken token, Duration refreshAhead, ServerWebExchange exchange) {
		new Caller(token.owner()).enter(exchange);
		Identity.of(token.subject(), token.clientId(), token.grantId(), token.scope(), token.groups()).enter(exchange);
		Renewal renewal = (later) -> unwrap(token, refreshAhead).flatMap((bearer) -> renewed(bearer, later));
		renewal.enter(exchange);
	}

	private static Mono<ServerWebExchange> renewed(UpstreamBearer bearer, ServerWebExchange exchange) {
		if (bearer instanceof Granted granted) {
			return Mono.just(granted.on(exchange));
		}
		return (bearer instanceof Refused) ? Mono.empty()
				: Mono.error(new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE));
	}

	private Mono<UpstreamBearer> unwrap(BridgeToken token, Duration refreshAhead) {
		String grantId = token.grantId();
		if (grantId == null) {
			return Mono.just(foreign(token));
		}
		Grants grants = this.grants;
		GrantKeeper keeper = this.keeper;
		if (grants == null || keeper == null) {
			return Mono.just(carried(token));
		}
		return Mono.defer(() -> grants.find(grantId))
			.flatMap((grant) -> keeper.fresh(grant, refreshAhead))
			.map(UpstreamBearer::of)
			.switchIfEmpty(Mono.fromSupplier(() -> heard(Carried.LOST, carried(token))))
			.onErrorResume((failure) -> unanswered(token, grants.lastSeen(grantId).orElse(null), failure));
	}

	/** Without the store, what is still fresh serves: what was seen last, or carried. */
	private Mono<UpstreamBearer> unanswered(BridgeToken token, @Nullable Grant last, Throwable failure) {
		if (token.carried() != null && last != null && last.hasEnded()) {
			return Mono.just(new Refused(Challenge.INVALID));
		}
		UpstreamTokens tokens = (token.carried() != null && last != null) ? last.tokens() : null;
		if (tokens != null && tokens.expiresAt().isAfter(this.clock.instant())) {
			return Mono.just(heard(Carried.UNANSWERED, new Granted(tokens.accessToken(), null)));
		}
		return (carried(token) instanceof Granted granted) ? Mono.just(heard(Carried.UNANSWERED, granted))
				: unknown(Outage.STORE, failure);
	}

	/**
	 * Whether a token of another bridge is over was told when it was opened, with some
	 * seconds for clocks that differ; what it carries says no more.
	 */
	private static UpstreamBearer foreign(BridgeToken token) {
		Secret carried = token.carried();
		return (carried != null) ? new Granted(carried, null) : new Refused(Challenge.INVALID);
	}

	private UpstreamBearer carried(BridgeToken token) {
		Secret carried = token.carried();
		boolean serves = carried != null && token.carriedUntil().isAfter(this.clock.instant());
		return (carried != null && serves) ? new Granted(carried, null) : new Refused(Challenge.INVALID);
	}

	private UpstreamBearer heard(Carried why, UpstreamBearer bearer) {
		if (bearer instanceof Granted) {
			this.listener.carriedServed(why);
		}
		return bearer;
	}

	private static Mono<UpstreamBearer> unknown(Outage what, Throwable failure) {
		log.warn("token cannot be unwrapped what=%s reason=%s".formatted(what, failure.getClass().getSimpleName()));
		return Mono.just(new Unknown(RETRY_AFTER, what));
	}

}
