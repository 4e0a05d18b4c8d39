package dev.mcpbridge.autoconfigure;

import java.security.SecureRandom;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.translation.Flights;
import dev.mcpbridge.translation.sseclients.McpSseClientsGatewayFilterFactory;
import dev.mcpbridge.translation.sseupstream.McpSseUpstreamGatewayFilterFactory;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.UpstreamTargetFilter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.config.conditional.ConditionalOnEnabledFilter;
import org.springframework.context.annotation.Bean;

/**
 * The filters that translate between the transports, and what they share.
 */
@AutoConfiguration(after = McpRelayAutoConfiguration.class)
@EnableConfigurationProperties(McpTranslationProperties.class)
public final class McpTranslationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TranslationLimits mcpTranslationLimits(McpTranslationProperties properties, RelayLimits relay) {
		return properties.limits(relay.lifetime());
	}

	@Bean
	@ConditionalOnMissingBean
	Flights mcpFlights() {
		return new Flights();
	}

	@Bean
	FlightsAtTheEnd mcpFlightsAtTheEnd(Flights flights) {
		return new FlightsAtTheEnd(flights);
	}

	@Bean
	@ConditionalOnMissingBean
	UpstreamTargetFilter mcpUpstreamTargetFilter() {
		return new UpstreamTargetFilter();
	}

	@Bean
	@ConditionalOnEnabledFilter
	@ConditionalOnMissingBean
	McpSseClientsGatewayFilterFactory mcpSseClientsGatewayFilterFactory(Relay relay, Flights flights,
			TranslationLimits limits, SecureRandom random, ObjectProvider<TranslationListener> listeners) {
		return new McpSseClientsGatewayFilterFactory(relay, flights, limits, random,
				TranslationListener.all(listeners.orderedStream().toList()));
	}

	@Bean
	@ConditionalOnEnabledFilter
	@ConditionalOnMissingBean
	McpSseUpstreamGatewayFilterFactory mcpSseUpstreamGatewayFilterFactory(Relay relay, Flights flights,
			TranslationLimits limits, SecureRandom random, ObjectProvider<TranslationListener> listeners) {
		return new McpSseUpstreamGatewayFilterFactory(relay, flights, limits, random,
				TranslationListener.all(listeners.orderedStream().toList()));
	}

}
