package dev.mcpbridge.autoconfigure;

import java.time.InstantSource;

import dev.mcpbridge.observe.AccessMetrics;
import dev.mcpbridge.observe.ActiveGrantsMetrics;
import dev.mcpbridge.observe.AuditMetrics;
import dev.mcpbridge.observe.CatalogueMetrics;
import dev.mcpbridge.observe.DrainMetrics;
import dev.mcpbridge.observe.GrantMetrics;
import dev.mcpbridge.observe.LimitMetrics;
import dev.mcpbridge.observe.NoticeMetrics;
import dev.mcpbridge.observe.ObservedRelay;
import dev.mcpbridge.observe.ObservedStore;
import dev.mcpbridge.observe.RecordMetrics;
import dev.mcpbridge.observe.RefreshMetrics;
import dev.mcpbridge.observe.RelayMetrics;
import dev.mcpbridge.observe.RequestMetrics;
import dev.mcpbridge.observe.SessionMetrics;
import dev.mcpbridge.observe.StreamMetrics;
import dev.mcpbridge.observe.TokenMetrics;
import dev.mcpbridge.observe.ToolCallMetrics;
import dev.mcpbridge.observe.TranslationMetrics;
import dev.mcpbridge.policy.ToolClasses;
import dev.mcpbridge.observe.UpstreamMetrics;
import dev.mcpbridge.refresh.ActiveGrants;
import dev.mcpbridge.relay.MemoryRelay;
import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.stream.StreamDrain;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Primary;

/**
 * Our numbers, where there is somewhere to publish them.
 */
@AutoConfiguration(after = { McpStoreAutoConfiguration.class, McpRelayAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public final class McpObserveAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RequestMetrics mcpRequestMetrics(MeterRegistry registry) {
		return new RequestMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	StreamMetrics mcpStreamMetrics(MeterRegistry registry) {
		return new StreamMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	DrainMetrics mcpDrainMetrics(MeterRegistry registry, StreamDrain drain) {
		return new DrainMetrics(registry, drain);
	}

	@Bean
	@ConditionalOnMissingBean
	RecordMetrics mcpRecordMetrics(MeterRegistry registry) {
		return new RecordMetrics(registry);
	}

	@Bean
	@Conditional(OnOwnTokens.class)
	@ConditionalOnMissingBean
	UpstreamMetrics mcpUpstreamMetrics(MeterRegistry registry) {
		return new UpstreamMetrics(registry);
	}

	@Bean
	@Conditional(OnOwnTokens.class)
	@ConditionalOnMissingBean
	SessionMetrics mcpSessionMetrics(MeterRegistry registry, InstantSource clock) {
		return new SessionMetrics(registry, clock);
	}

	@Bean
	@ConditionalOnMissingBean
	ToolCallMetrics mcpToolCallMetrics(MeterRegistry registry, ToolClasses classes) {
		return new ToolCallMetrics(registry, classes);
	}

	@Bean
	@ConditionalOnMissingBean
	TranslationMetrics mcpTranslationMetrics(MeterRegistry registry) {
		return new TranslationMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	LimitMetrics mcpLimitMetrics(MeterRegistry registry) {
		return new LimitMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	NoticeMetrics mcpNoticeMetrics(MeterRegistry registry) {
		return new NoticeMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	AuditMetrics mcpAuditMetrics(MeterRegistry registry) {
		return new AuditMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	CatalogueMetrics mcpCatalogueMetrics(MeterRegistry registry) {
		return new CatalogueMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	AccessMetrics mcpAccessMetrics(MeterRegistry registry) {
		return new AccessMetrics(registry);
	}

	@Bean
	@ConditionalOnBooleanProperty("mcp.bridge.authorization-server.enabled")
	@ConditionalOnMissingBean
	TokenMetrics mcpTokenMetrics(MeterRegistry registry) {
		return new TokenMetrics(registry);
	}

	@Bean
	@Conditional(OnOwnTokens.class)
	@ConditionalOnMissingBean
	RefreshMetrics mcpRefreshMetrics(MeterRegistry registry) {
		return new RefreshMetrics(registry);
	}

	@Bean
	@Conditional(OnOwnTokens.class)
	@ConditionalOnMissingBean
	GrantMetrics mcpGrantMetrics(MeterRegistry registry) {
		return new GrantMetrics(registry);
	}

	@Bean
	@Conditional(OnOwnTokens.class)
	@ConditionalOnMissingBean
	ActiveGrantsMetrics mcpActiveGrantsMetrics(MeterRegistry registry, ActiveGrants grants) {
		return new ActiveGrantsMetrics(registry, grants::count);
	}

	@Bean
	@ConditionalOnBean(MemoryRelay.class)
	@ConditionalOnMissingBean
	RelayMetrics mcpRelayMetrics(MeterRegistry registry, MemoryRelay relay) {
		return new RelayMetrics(registry, relay);
	}

	/** As with the store. */
	@Bean
	@Primary
	@Conditional(OnOneRelay.class)
	@ConditionalOnMissingBean
	ObservedRelay mcpObservedRelay(Relay relay, MeterRegistry registry) {
		return new ObservedRelay(relay, registry);
	}

	/**
	 * Stands before the store for whoever asks for a store, and leaves the bean of the
	 * store alone: it is closed as before, and found by its own type.
	 */
	@Bean
	@Primary
	@Conditional(OnOneStore.class)
	@ConditionalOnMissingBean
	ObservedStore mcpObservedStore(BridgeStore store, MeterRegistry registry) {
		return new ObservedStore(store, registry);
	}

}
