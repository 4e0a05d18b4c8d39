package dev.mcpbridge.autoconfigure;

import java.security.SecureRandom;
import java.time.InstantSource;

import dev.mcpbridge.authorization.AuthorizationServer;
import dev.mcpbridge.authorization.AuthorizationServerSettings;
import dev.mcpbridge.authorization.TokenEndpointListener;
import dev.mcpbridge.bridge.BridgeTokenIssuer;
import dev.mcpbridge.bridge.TokenRules;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.headers.PublicPaths;
import dev.mcpbridge.oauth.ProtectedResources;
import dev.mcpbridge.refresh.GrantKeeper;
import dev.mcpbridge.refresh.GrantRevocation;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.secret.RandomTexts;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.upstream.Registration;
import dev.mcpbridge.upstream.Upstream;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The authorization server of our own. Off unless
 * {@code mcp.bridge.authorization-server.enabled=true}.
 */
@AutoConfiguration(after = McpRefreshAutoConfiguration.class)
@ConditionalOnBooleanProperty("mcp.bridge.authorization-server.enabled")
@EnableConfigurationProperties(McpAuthorizationServerProperties.class)
public final class McpAuthorizationServerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	BridgeTokenIssuer mcpBridgeTokenIssuer(KeyFile keys, ProtectedResources resources, McpTokenProperties properties,
			SecureRandom random, InstantSource clock) {
		TokenRules rules = new TokenRules(resources.publicUrl().issuer(), properties.lifetime(), properties.wrap());
		return new BridgeTokenIssuer(keys, rules, new RandomTexts(random), clock);
	}

	@Bean
	@ConditionalOnMissingBean
	AuthorizationServerSettings mcpAuthorizationServerSettings(ProtectedResources resources,
			McpAuthorizationServerProperties properties, McpTokenProperties tokens, McpRefreshProperties refresh,
			McpUpstreamProperties upstream) {
		return new AuthorizationServerSettings(resources, upstream.scopesOrDefault(), properties.consent(),
				properties.rememberFor(), properties.loginLifetime(), properties.codeLifetime(),
				tokens.refreshLifetime(), tokens.refreshGrace(), refresh.ahead(),
				tokens.wrap() == TokenRules.Wrap.SEALED, properties.introspection().introspector());
	}

	@Bean
	RouterFunction<ServerResponse> mcpAuthorizationServerRoutes(AuthorizationServerSettings settings, KeyFile keys,
			BridgeStore store, SecureRandom random, InstantSource clock, Upstream upstream, Grants grants,
			GrantKeeper keeper, GrantRevocation revocation, BridgeTokenIssuer issuer,
			ObjectProvider<TokenEndpointListener> listeners) {
		requireConsent(settings, upstream);
		return new AuthorizationServer(settings, keys, store, random,
				TokenEndpointListener.all(listeners.orderedStream().toList()), clock)
			.routes(upstream, grants, keeper, revocation, issuer);
	}

	@Bean
	PublicPaths mcpAuthorizationServerPaths() {
		return new PublicPaths(AuthorizationServer.SCRIPTABLE_PATHS);
	}

	/** One upstream client for several of ours would let one use another's consent. */
	private static void requireConsent(AuthorizationServerSettings settings, Upstream upstream) {
		boolean perGrant = upstream.settings().registration() instanceof Registration.PerGrant;
		if (settings.consent() == AuthorizationServerSettings.Consent.NEVER && !perGrant) {
			throw new IllegalArgumentException(
					"mcp.bridge.authorization-server.consent: never (expected: remember or always, unless mcp.bridge.upstream.registration=per-grant)");
		}
	}

}
