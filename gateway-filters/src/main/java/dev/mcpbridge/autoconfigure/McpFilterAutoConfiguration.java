package dev.mcpbridge.autoconfigure;

import java.time.Duration;
import java.util.List;

import dev.mcpbridge.McpFilters;
import dev.mcpbridge.access.AccessListener;
import dev.mcpbridge.access.AllowedHosts;
import dev.mcpbridge.access.AllowedHostsWebFilter;
import dev.mcpbridge.access.Challenger;
import dev.mcpbridge.access.McpBridgeTokenGatewayFilterFactory;
import dev.mcpbridge.access.McpChallengeGatewayFilterFactory;
import dev.mcpbridge.headers.CorsPolicy;
import dev.mcpbridge.headers.McpCorsGatewayFilterFactory;
import dev.mcpbridge.headers.McpCorsWebFilter;
import dev.mcpbridge.headers.McpHeadersGatewayFilterFactory;
import dev.mcpbridge.headers.SparedHeadersFilters;
import dev.mcpbridge.headers.PublicPaths;
import dev.mcpbridge.oauth.ProtectedResources;
import dev.mcpbridge.record.McpRecordGatewayFilterFactory;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.policy.filter.McpToolsGatewayFilterFactory;
import dev.mcpbridge.session.McpSessionGatewayFilterFactory;
import dev.mcpbridge.stream.McpStreamGatewayFilterFactory;
import dev.mcpbridge.stream.StreamDrain;
import dev.mcpbridge.stream.StreamListener;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.conditional.ConditionalOnEnabledFilter;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * The filters that need neither keys nor grants.
 */
@AutoConfiguration(after = { McpBridgeAutoConfiguration.class, McpToolsAutoConfiguration.class })
@EnableConfigurationProperties({ McpCorsProperties.class, McpStreamProperties.class })
public final class McpFilterAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Challenger mcpChallenger(ProtectedResources resources, ObjectProvider<AccessListener> listeners) {
		return new Challenger(resources, AccessListener.all(listeners.orderedStream().toList()));
	}

	@Bean
	@ConditionalOnEnabledFilter
	@ConditionalOnMissingBean
	McpChallengeGatewayFilterFactory mcpChallengeGatewayFilterFactory(Challenger challenger) {
		return new McpChallengeGatewayFilterFactory(challenger);
	}

	@Bean
	@ConditionalOnEnabledFilter
	@ConditionalOnMissingBean
	McpHeadersGatewayFilterFactory mcpHeadersGatewayFilterFactory() {
		return new McpHeadersGatewayFilterFactory();
	}

	@Bean
	@ConditionalOnMissingBean
	static SparedHeadersFilters mcpSparedHeadersFilters() {
		return new SparedHeadersFilters();
	}

	@Bean
	@ConditionalOnEnabledFilter
	@ConditionalOnMissingBean
	McpCorsGatewayFilterFactory mcpCorsGatewayFilterFactory(McpCorsProperties properties) {
		policy(properties);
		return new McpCorsGatewayFilterFactory(properties.allowedOrigins(), properties.allowedHeaders(),
				properties.maxAge());
	}

	@Bean
	@ConditionalOnMissingBean
	McpCorsWebFilter mcpCorsWebFilter(@Lazy RouteLocator routes, McpCorsProperties properties,
			ObjectProvider<PublicPaths> publicPaths) {
		List<String> patterns = publicPaths.stream().flatMap((paths) -> paths.patterns().stream()).toList();
		return new McpCorsWebFilter(routes, patterns, policy(properties));
	}

	/** Who only uses filters may never have said where clients find this gateway. */
	@Bean
	@ConditionalOnMissingBean
	AllowedHostsWebFilter mcpAllowedHostsWebFilter(ProtectedResources resources, McpBridgeProperties properties,
			ObjectProvider<KeyFile> keys, ApplicationContext context) {
		List<String> configured = properties.allowedHosts();
		boolean unsaid = configured.isEmpty() && keys.getIfAvailable() == null;
		return new AllowedHostsWebFilter(AllowedHosts.of(resources.publicUrl(), unsaid ? List.of("*") : configured),
				context);
	}

	@Bean
	@ConditionalOnEnabledFilter
	@ConditionalOnMissingBean
	McpStreamGatewayFilterFactory mcpStreamGatewayFilterFactory(ObjectProvider<StreamListener> listeners,
			StreamDrain drain) {
		return new McpStreamGatewayFilterFactory(StreamListener.all(listeners.orderedStream().toList()), drain);
	}

	@Bean
	@ConditionalOnMissingBean
	StreamDrain mcpStreamDrain(McpStreamProperties properties) {
		return new StreamDrain(properties.drain(), Schedulers.parallel());
	}

	/** Who wants an immediate end gets it. */
	@Bean
	@ConditionalOnProperty(name = "server.shutdown", havingValue = "graceful", matchIfMissing = true)
	StreamsAtTheEnd mcpStreamsAtTheEnd(StreamDrain drain, McpStreamProperties properties,
			ObjectProvider<LifecycleProperties> lifecycle) {
		Duration phase = lifecycle.getIfAvailable(LifecycleProperties::new).getTimeoutPerShutdownPhase();
		return new StreamsAtTheEnd(drain, properties.drain(), phase);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean({ McpCorsGatewayFilterFactory.class, McpChallengeGatewayFilterFactory.class,
			McpHeadersGatewayFilterFactory.class, McpStreamGatewayFilterFactory.class,
			McpToolsGatewayFilterFactory.class })
	McpFilters mcpFilters(McpCorsGatewayFilterFactory cors, McpChallengeGatewayFilterFactory challenge,
			McpHeadersGatewayFilterFactory headers, McpStreamGatewayFilterFactory stream,
			McpToolsGatewayFilterFactory tools, ObjectProvider<McpBridgeTokenGatewayFilterFactory> bridgeToken,
			ObjectProvider<McpSessionGatewayFilterFactory> session,
			ObjectProvider<McpRecordGatewayFilterFactory> record) {
		return new McpFilters(cors, challenge, headers, stream, tools, bridgeToken.getIfAvailable(),
				session.getIfAvailable(), record.getIfAvailable());
	}

	@Bean
	FilterArgumentsCheck mcpFilterArgumentsCheck(GatewayProperties gateway,
			ObjectProvider<GatewayFilterFactory<?>> factories, ConfigurationService configuration) {
		return new FilterArgumentsCheck(gateway, factories, configuration);
	}

	private static CorsPolicy policy(McpCorsProperties properties) {
		try {
			return CorsPolicy.mcp(properties.allowedOrigins(), properties.allowedHeaders(), false, properties.maxAge());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("mcp.bridge.cors." + ex.getMessage());
		}
	}

}
