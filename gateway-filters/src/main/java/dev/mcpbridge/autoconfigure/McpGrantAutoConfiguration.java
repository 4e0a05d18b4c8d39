package dev.mcpbridge.autoconfigure;

import java.time.InstantSource;

import dev.mcpbridge.authorization.AuthorizationServerSettings;
import dev.mcpbridge.grant.GrantListener;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.oauth.ProtectedResources;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.upstream.Upstream;
import dev.mcpbridge.upstream.UpstreamHttp;
import dev.mcpbridge.upstream.UpstreamListener;
import dev.mcpbridge.upstream.UpstreamSettings;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Keys, grants, and the upstream they are of; only where tokens of our own are used.
 */
@AutoConfiguration(after = { McpBridgeAutoConfiguration.class, McpStoreAutoConfiguration.class })
@Conditional(OnOwnTokens.class)
@EnableConfigurationProperties({ McpUpstreamProperties.class, McpTokenProperties.class })
public final class McpGrantAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	KeyFile mcpKeys(McpBridgeProperties properties) {
		return properties.hasKeys() ? KeyFile.open(properties.keysFile()) : KeyFile.openOrCreate(properties.keysFile());
	}

	@Bean
	KeyFileReload mcpKeyFileReload(KeyFile keys) {
		return new KeyFileReload(keys);
	}

	@Bean
	@ConditionalOnMissingBean
	Grants mcpGrants(BridgeStore store, KeyFile keys, McpTokenProperties properties, McpBridgeProperties bridge,
			InstantSource clock, ObjectProvider<GrantListener> listeners) {
		return new Grants(store, keys, properties.refreshLifetime(),
				GrantListener.all(listeners.orderedStream().toList()), clock, bridge.storeRecheck());
	}

	@Bean
	@ConditionalOnMissingBean
	Upstream mcpUpstream(ProtectedResources resources, McpBridgeProperties properties, McpUpstreamProperties upstream,
			ObjectProvider<HttpClient> gatewayClient, InstantSource clock, ObjectProvider<UpstreamListener> listeners) {
		UpstreamSettings settings = upstream.settings(resources.publicUrl(), AuthorizationServerSettings.CALLBACK_PATH,
				properties.insecureHttp());
		HttpClient client = gatewayClient.getIfUnique(HttpClient::create);
		UpstreamListener listener = UpstreamListener.all(listeners.orderedStream().toList());
		return Upstream.of(new UpstreamHttp(client, settings.limits(), clock, listener), settings, clock);
	}

}
