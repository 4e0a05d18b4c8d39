package dev.mcpbridge.refresh;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.GrantListener;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.simulator.SettableClock;
import dev.mcpbridge.store.BoundedStore;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.upstream.TokenRefresher;
import dev.mcpbridge.upstream.Upstream;
import dev.mcpbridge.upstream.UpstreamHttp;
import dev.mcpbridge.upstream.UpstreamProfile;
import dev.mcpbridge.upstream.UpstreamSettings;
import dev.mcpbridge.upstream.UpstreamTokens;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.util.unit.DataSize;

/**
 * What one gateway process makes of a store, as far as refreshing goes.
 */
final class Replica {

	static final Duration PATIENCE = Duration.ofSeconds(30);

	static final Duration AHEAD = Duration.ofMinutes(5);

	static final Duration LIFETIME = Duration.ofSeconds(3300);

	static final Duration WINDOW = Duration.ofHours(2);

	private static final KeyRing RING = Keys.ring(Keys.rsa("rsa"), Keys.symmetric("oct"));

	private static final CircuitBreakerConfig NEVER_OPEN = CircuitBreakerConfig.custom()
		.slidingWindowType(CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
		.minimumNumberOfCalls(Integer.MAX_VALUE)
		.build();

	/** What flights keep of the context they are begun in. */
	static final String NAMED = "named";

	private static final Duration STORE = Duration.ofMillis(500);

	final Grants grants;

	final ActiveGrants active;

	final Refreshes refreshes;

	final GrantKeeper keeper;

	final HeardRefreshes heard = new HeardRefreshes();

	final BackgroundRefresh background;

	Replica(BridgeStore store, SettableClock clock) {
		this(store, clock, Duration.ofSeconds(20), tokenEndpoint(clock));
	}

	Replica(BridgeStore store, SettableClock clock, Duration patience, TokenRefresher refresher) {
		this(store, clock, patience, refresher, RefreshWatch.NONE);
	}

	Replica(BridgeStore store, SettableClock clock, Duration patience, TokenRefresher refresher, RefreshWatch watch) {
		BridgeStore bounded = new BoundedStore(store, STORE, CircuitBreaker.of("mcp-store", NEVER_OPEN));
		this.grants = new Grants(bounded, () -> RING, Duration.ofDays(90), GrantListener.NONE, clock, Duration.ZERO);
		this.active = new ActiveGrants(WINDOW, clock);
		Redemption redemption = new Redemption(this.grants, refresher, upstream(clock).revocation(), this.heard);
		RefreshTurns turns = new RefreshTurns(bounded, this.grants, redemption, clock, this.heard);
		this.refreshes = new Refreshes(turns, patience, this.active, clock, this.heard, watch, Set.of(NAMED));
		this.keeper = new GrantKeeper(this.refreshes, this.active, clock, this.heard);
		this.background = new BackgroundRefresh(this.active, this.refreshes, refresher, AHEAD, clock);
	}

	/** Redeems at whatever server a grant names, without patience. */
	static TokenRefresher tokenEndpoint(SettableClock clock) {
		return upstream(clock).tokenEndpoint();
	}

	private static Upstream upstream(SettableClock clock) {
		UpstreamSettings plain = UpstreamSettings.of(UpstreamProfile.ATLASSIAN_V1, URI.create("http://localhost:1"),
				URI.create("http://localhost:8080/oauth/callback"));
		UpstreamSettings.Limits limits = new UpstreamSettings.Limits(Duration.ofSeconds(5), Duration.ofSeconds(2),
				DataSize.ofKilobytes(256), Duration.ofHours(1), LIFETIME);
		return Upstream.of(new UpstreamHttp(HttpClient.create(), limits, clock), plain, clock);
	}

	RefreshOutcome fresh(Grant grant) {
		return get(this.keeper.fresh(grant, AHEAD));
	}

	RefreshOutcome renewed(Grant grant) {
		return get(this.keeper.renewed(grant, AHEAD));
	}

	Grant stored(Grant grant) {
		return get(this.grants.find(grant.id()));
	}

	static String accessToken(RefreshOutcome outcome) {
		if (outcome instanceof RefreshOutcome.Rotated rotated) {
			return accessToken(rotated.grant());
		}
		return (outcome instanceof RefreshOutcome.Kept kept) ? accessToken(kept.grant()) : outcome.toString();
	}

	static String accessToken(Grant grant) {
		UpstreamTokens tokens = grant.tokens();
		return (tokens != null) ? tokens.accessToken().reveal() : "none";
	}

	static <T> T get(Mono<T> mono) {
		return mono.blockOptional(PATIENCE).orElseThrow();
	}

}
