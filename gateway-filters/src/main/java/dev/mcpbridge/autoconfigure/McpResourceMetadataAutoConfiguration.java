package dev.mcpbridge.autoconfigure;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import dev.mcpbridge.access.ResourceMetadataEndpoint;
import dev.mcpbridge.authorization.AuthorizationServerSettings;
import dev.mcpbridge.headers.PublicPaths;
import dev.mcpbridge.oauth.HttpUrl;
import dev.mcpbridge.oauth.ProtectedResources;
import dev.mcpbridge.secret.KeyFile;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The metadata that leads a challenged client to whoever issues its tokens: our own
 * authorization server, here or elsewhere, and the existing bridges that are trusted.
 */
@AutoConfiguration(after = McpAuthorizationServerAutoConfiguration.class)
@Conditional(OnAnyTokens.class)
public final class McpResourceMetadataAutoConfiguration {

	@Bean
	RouterFunction<ServerResponse> mcpResourceMetadataRoutes(ProtectedResources resources, McpTokenProperties tokens,
			McpBridgeProperties bridge, ObjectProvider<KeyFile> keys,
			ObjectProvider<AuthorizationServerSettings> ours) {
		List<String> servers = new ArrayList<>();
		List<String> scopes = new ArrayList<>();
		keys.ifAvailable((ring) -> servers.add(resources.publicUrl().issuer()));
		ours.ifAvailable((settings) -> scopes.addAll(settings.scopes()));
		scopes.remove(AuthorizationServerSettings.OFFLINE_ACCESS);
		tokens.trustedIssuers()
			.stream()
			.map(McpTokenProperties.Issuer::issuer)
			.filter((issuer) -> isUrl(issuer, bridge.insecureHttp()))
			.forEach(servers::add);
		return new ResourceMetadataEndpoint(resources, servers, scopes).routes();
	}

	@Bean
	PublicPaths mcpResourceMetadataPaths() {
		return new PublicPaths(List.of("/.well-known/" + ProtectedResources.WELL_KNOWN,
				"/.well-known/" + ProtectedResources.WELL_KNOWN + "/**"));
	}

	/** An issuer that is no URL cannot be looked up by a client. */
	private static boolean isUrl(String issuer, boolean insecureHttp) {
		try {
			return HttpUrl.isAllowed(URI.create(issuer), insecureHttp);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
