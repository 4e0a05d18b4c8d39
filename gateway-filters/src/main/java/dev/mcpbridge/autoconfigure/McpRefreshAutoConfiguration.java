package dev.mcpbridge.autoconfigure;

import java.time.InstantSource;
import java.util.Set;

import dev.mcpbridge.grant.GrantListener;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.refresh.ActiveGrants;
import dev.mcpbridge.refresh.BackgroundRefresh;
import dev.mcpbridge.refresh.GrantKeeper;
import dev.mcpbridge.refresh.GrantRevocation;
import dev.mcpbridge.refresh.LostClients;
import dev.mcpbridge.refresh.Redemption;
import dev.mcpbridge.refresh.RefreshListener;
import dev.mcpbridge.refresh.RefreshTurns;
import dev.mcpbridge.refresh.RefreshWatch;
import dev.mcpbridge.refresh.Refreshes;
import dev.mcpbridge.request.RequestIds;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.upstream.GuardedTokenRefresher;
import dev.mcpbridge.upstream.Guards;
import dev.mcpbridge.upstream.Registration;
import dev.mcpbridge.upstream.TokenRefresher;
import dev.mcpbridge.upstream.Upstream;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * What keeps grants fresh: the guarded token endpoint, one flight a grant, and the
 * refreshes nobody asks for.
 */
@AutoConfiguration(after = McpGrantAutoConfiguration.class)
@Conditional(OnOwnTokens.class)
@EnableConfigurationProperties(McpRefreshProperties.class)
public final class McpRefreshAutoConfiguration {

	/** Resilience4j's own registries, where there are any, know its properties. */
	@Bean
	@ConditionalOnMissingBean
	TokenRefresher mcpTokenRefresher(Upstream upstream, ObjectProvider<TimeLimiterRegistry> timeLimiters,
			ObjectProvider<RetryRegistry> retries, ObjectProvider<BulkheadRegistry> bulkheads,
			ObjectProvider<CircuitBreakerRegistry> circuits) {
		Guards guards = Guards.of(timeLimiters.getIfAvailable(TimeLimiterRegistry::ofDefaults),
				retries.getIfAvailable(RetryRegistry::ofDefaults),
				bulkheads.getIfAvailable(BulkheadRegistry::ofDefaults),
				circuits.getIfAvailable(CircuitBreakerRegistry::ofDefaults));
		return new GuardedTokenRefresher(upstream.tokenEndpoint(), guards);
	}

	@Bean
	@ConditionalOnMissingBean
	GrantRevocation mcpGrantRevocation(Grants grants, Upstream upstream, ObjectProvider<GrantListener> listeners) {
		return new GrantRevocation(grants, upstream.revocation(),
				GrantListener.all(listeners.orderedStream().toList()));
	}

	@Bean
	@ConditionalOnMissingBean
	ActiveGrants mcpActiveGrants(McpRefreshProperties properties, InstantSource clock) {
		return new ActiveGrants(properties.activeWindow(), clock);
	}

	@Bean
	@ConditionalOnMissingBean
	Refreshes mcpRefreshes(BridgeStore store, Grants grants, Upstream upstream, TokenRefresher refresher,
			ActiveGrants active, ObjectProvider<RefreshListener> listeners, ObjectProvider<RefreshWatch> watch,
			InstantSource clock) {
		RefreshListener listener = RefreshListener.all(listeners.orderedStream().toList());
		boolean sharesClients = upstream.settings().registration() instanceof Registration.PerClient;
		TokenRefresher watched = sharesClients ? new LostClients(store).watching(refresher) : refresher;
		Redemption redemption = new Redemption(grants, watched, upstream.revocation(), listener);
		RefreshTurns turns = new RefreshTurns(store, grants, redemption, clock, listener);
		return new Refreshes(turns, active, clock, listener, watch.getIfAvailable(() -> RefreshWatch.NONE),
				Set.of(RequestIds.KEY));
	}

	@Bean
	@ConditionalOnMissingBean
	GrantKeeper mcpGrantKeeper(Refreshes refreshes, ActiveGrants active, ObjectProvider<RefreshListener> listeners,
			InstantSource clock) {
		return new GrantKeeper(refreshes, active, clock, RefreshListener.all(listeners.orderedStream().toList()));
	}

	@Bean
	RefreshesAtTheEnd mcpRefreshesAtTheEnd(Refreshes refreshes) {
		return new RefreshesAtTheEnd(refreshes);
	}

	@Bean
	@ConditionalOnMissingBean
	BackgroundRefresh mcpBackgroundRefresh(ActiveGrants active, Refreshes refreshes, TokenRefresher refresher,
			McpRefreshProperties properties, InstantSource clock) {
		return new BackgroundRefresh(active, refreshes, refresher, properties.ahead(), clock);
	}

	@Bean
	BackgroundRefreshTask mcpBackgroundRefreshTask(BackgroundRefresh refresh, McpRefreshProperties properties) {
		return new BackgroundRefreshTask(refresh, properties.backgroundRate());
	}

}
