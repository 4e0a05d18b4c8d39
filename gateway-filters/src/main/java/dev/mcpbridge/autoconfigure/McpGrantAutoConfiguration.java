package dev.mcpbridge.autoconfigure;

import java.nio.file.Path;
import java.time.InstantSource;

import dev.mcpbridge.authorization.AuthorizationServerSettings;
import dev.mcpbridge.grant.GrantListener;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.oauth.ProtectedResources;
import dev.mcpbridge.refresh.ActiveGrants;
import dev.mcpbridge.refresh.BackgroundRefresh;
import dev.mcpbridge.refresh.GrantKeeper;
import dev.mcpbridge.refresh.Redemption;
import dev.mcpbridge.refresh.RefreshListener;
import dev.mcpbridge.refresh.RefreshTurns;
import dev.mcpbridge.refresh.Refreshes;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.upstream.GuardedTokenRefresher;
import dev.mcpbridge.upstream.Guards;
import dev.mcpbridge.upstream.TokenRefresher;
import dev.mcpbridge.upstream.Upstream;
import dev.mcpbridge.upstream.UpstreamHttp;
import dev.mcpbridge.upstream.UpstreamSettings;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Keys, grants, and what keeps them fresh; only where tokens of our own are used.
 */
@AutoConfiguration(after = { McpBridgeAutoConfiguration.class, McpStoreAutoConfiguration.class })
@Conditional(OnOwnTokens.class)
@EnableConfigurationProperties({ McpUpstreamProperties.class, McpTokenProperties.class, McpRefreshProperties.class })
public final class McpGrantAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	KeyFile mcpKeys(McpBridgeProperties properties) {
		String keys = properties.keys();
		return (keys == null || keys.isBlank()) ? KeyFile.openOrCreate(properties.dataDir().resolve("keys.json"))
				: KeyFile.open(Path.of(keys.replaceFirst("^file:(//)?", "")));
	}

	@Bean
	KeyFileReload mcpKeyFileReload(KeyFile keys) {
		return new KeyFileReload(keys);
	}

	@Bean
	@ConditionalOnMissingBean
	Grants mcpGrants(BridgeStore store, KeyFile keys, McpTokenProperties properties,
			ObjectProvider<GrantListener> listeners) {
		return new Grants(store, keys, properties.refreshLifetime(),
				listeners.getIfAvailable(() -> GrantListener.NONE));
	}

	@Bean
	@ConditionalOnMissingBean
	Upstream mcpUpstream(ProtectedResources resources, McpBridgeProperties properties, McpUpstreamProperties upstream,
			ObjectProvider<HttpClient> gatewayClient, InstantSource clock) {
		UpstreamSettings settings = upstream.settings(resources.publicUrl(), AuthorizationServerSettings.CALLBACK_PATH,
				properties.insecureHttp());
		HttpClient client = gatewayClient.getIfUnique(HttpClient::create);
		return Upstream.of(new UpstreamHttp(client, settings.limits(), clock), settings, clock);
	}

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
	ActiveGrants mcpActiveGrants(McpRefreshProperties properties, InstantSource clock) {
		return new ActiveGrants(properties.activeWindow(), clock);
	}

	@Bean
	@ConditionalOnMissingBean
	Refreshes mcpRefreshes(BridgeStore store, Grants grants, TokenRefresher refresher, ActiveGrants active,
			ObjectProvider<RefreshListener> listeners, InstantSource clock) {
		RefreshListener listener = listeners.getIfAvailable(() -> RefreshListener.NONE);
		Redemption redemption = new Redemption(grants, refresher, listener);
		return new Refreshes(new RefreshTurns(store, grants, redemption, clock, listener), active, clock, listener);
	}

	@Bean
	@ConditionalOnMissingBean
	GrantKeeper mcpGrantKeeper(Refreshes refreshes, ActiveGrants active, ObjectProvider<RefreshListener> listeners,
			InstantSource clock) {
		return new GrantKeeper(refreshes, active, clock, listeners.getIfAvailable(() -> RefreshListener.NONE));
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
