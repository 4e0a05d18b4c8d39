package dev.mcpbridge.autoconfigure;

import java.time.InstantSource;

import dev.mcpbridge.catalogue.Catalogue;
import dev.mcpbridge.catalogue.CatalogueListener;
import dev.mcpbridge.doctor.CatalogueCheck;
import dev.mcpbridge.doctor.Check;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.secret.SealedTexts;
import dev.mcpbridge.store.BridgeStore;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * The watch over the upstream's tools, where it is switched on.
 */
@AutoConfiguration(after = { McpObserveAutoConfiguration.class, McpGrantAutoConfiguration.class },
		before = McpDoctorAutoConfiguration.class)
@EnableConfigurationProperties(McpCatalogueProperties.class)
@ConditionalOnBooleanProperty("mcp.bridge.catalogue.enabled")
public final class McpCatalogueAutoConfiguration {

	/** Some hundreds of tools with their texts. */
	private static final int LARGEST = 4 * 1024 * 1024;

	/** Asked before the limits: what is refused anyway costs nothing. */
	@Bean
	@Order(-10)
	@ConditionalOnMissingBean
	Catalogue mcpCatalogue(McpCatalogueProperties properties, ObjectProvider<BridgeStore> stores,
			ObjectProvider<KeyFile> keys, ObjectProvider<CatalogueListener> listeners, InstantSource clock) {
		KeyFile sealing = keys.getIfAvailable();
		@Nullable BridgeStore store = (sealing != null) ? stores.getIfAvailable() : null;
		@Nullable SealedTexts box = (sealing != null) ? new SealedTexts(sealing, "catalogue", LARGEST) : null;
		return new Catalogue(store, box, properties.asPin(), CatalogueListener.all(listeners.orderedStream().toList()),
				clock);
	}

	@Bean
	CatalogueShare mcpCatalogueShare(Catalogue catalogue, McpCatalogueProperties properties) {
		return new CatalogueShare(catalogue, properties.share());
	}

	@Bean
	Check mcpCatalogueCheck(Catalogue catalogue) {
		return new CatalogueCheck(catalogue);
	}

	/** What operators see, and accept. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	@ConditionalOnAvailableEndpoint(McpCatalogueEndpoint.class)
	static final class Actuator {

		@Bean
		@ConditionalOnMissingBean
		McpCatalogueEndpoint mcpCatalogueEndpoint(Catalogue catalogue) {
			return new McpCatalogueEndpoint(catalogue);
		}

	}

}
