package dev.mcpbridge.autoconfigure;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

import dev.mcpbridge.McpBridgeGatewayFilterFactory;
import dev.mcpbridge.McpFilters;
import dev.mcpbridge.access.AccessListener;
import dev.mcpbridge.access.Challenger;
import dev.mcpbridge.access.McpBridgeTokenGatewayFilterFactory;
import dev.mcpbridge.access.Unwrapping;
import dev.mcpbridge.bridge.BridgeTokens;
import dev.mcpbridge.bridge.KnownBridgeTokens;
import dev.mcpbridge.bridge.OwnBridgeTokens;
import dev.mcpbridge.bridge.TrustedBridgeTokens;
import dev.mcpbridge.bridge.TrustedIssuer;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.oauth.HttpUrl;
import dev.mcpbridge.oauth.ProtectedResources;
import dev.mcpbridge.refresh.GrantKeeper;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.secret.Secret;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.config.conditional.ConditionalOnEnabledFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * The filter that unwraps bridge tokens, our own and those of trusted issuers.
 */
@AutoConfiguration(after = { McpFilterAutoConfiguration.class, McpRefreshAutoConfiguration.class })
@Conditional(OnAnyTokens.class)
@EnableConfigurationProperties({ McpTokenProperties.class, McpRefreshProperties.class })
public final class McpBridgeTokenAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	BridgeTokens mcpBridgeTokens(ObjectProvider<KeyFile> keys, ProtectedResources resources,
			McpTokenProperties properties, McpBridgeProperties bridge, InstantSource clock) {
		List<BridgeTokens> issuers = new ArrayList<>();
		keys.ifAvailable((ring) -> issuers.add(new OwnBridgeTokens(ring, resources.publicUrl().issuer(),
				new LinkedHashSet<>(resources.identifiers()), clock)));
		for (McpTokenProperties.Issuer issuer : properties.trustedIssuers()) {
			issuers.add(new TrustedBridgeTokens(trusted(issuer, bridge.insecureHttp()), clock));
		}
		KeyFile ring = keys.getIfAvailable();
		return new KnownBridgeTokens(BridgeTokens.anyOf(issuers), (ring != null) ? ring : () -> issuers,
				properties.cacheSize(), clock);
	}

	@Bean
	@ConditionalOnMissingBean
	Unwrapping mcpUnwrapping(BridgeTokens tokens, ObjectProvider<Grants> grants, ObjectProvider<GrantKeeper> keeper,
			InstantSource clock, ObjectProvider<AccessListener> listeners) {
		return new Unwrapping(tokens, grants.getIfAvailable(), keeper.getIfAvailable(), clock,
				AccessListener.all(listeners.orderedStream().toList()));
	}

	@Bean
	@ConditionalOnEnabledFilter
	@ConditionalOnMissingBean
	McpBridgeTokenGatewayFilterFactory mcpBridgeTokenGatewayFilterFactory(Unwrapping unwrapping,
			ObjectProvider<GrantKeeper> keeper, Challenger challenger, InstantSource clock,
			ObjectProvider<AccessListener> listeners, McpRefreshProperties refresh) {
		return new McpBridgeTokenGatewayFilterFactory(unwrapping, keeper.getIfAvailable(), challenger, clock,
				AccessListener.all(listeners.orderedStream().toList()),
				new McpBridgeTokenGatewayFilterFactory.Config(refresh.ahead(), refresh.replayLimit()));
	}

	@Bean
	@ConditionalOnBean({ McpFilters.class, McpBridgeTokenGatewayFilterFactory.class })
	@ConditionalOnEnabledFilter
	@ConditionalOnMissingBean
	McpBridgeGatewayFilterFactory mcpBridgeGatewayFilterFactory(McpFilters filters) {
		return new McpBridgeGatewayFilterFactory(filters);
	}

	private static TrustedIssuer trusted(McpTokenProperties.Issuer issuer, boolean insecureHttp) {
		if (issuer.jwkSetUri() != null) {
			HttpUrl.check("mcp.bridge.token.trusted-issuers[].jwk-set-uri", issuer.jwkSetUri().toString(),
					insecureHttp);
		}
		Secret secret = (issuer.secret() != null && !issuer.secret().isEmpty()) ? Secret.of(issuer.secret()) : null;
		String audience = (issuer.audience() != null && !issuer.audience().isBlank()) ? issuer.audience() : null;
		return new TrustedIssuer(issuer.issuer(), issuer.jwkSetUri(), secret, audience, issuer.claim());
	}

}
