package dev.mcpbridge.autoconfigure;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.mcpbridge.record.McpRecordGatewayFilterFactory;
import dev.mcpbridge.record.McpRecordWebFilter;
import dev.mcpbridge.record.RecordListener;
import dev.mcpbridge.record.RecordSettings;
import dev.mcpbridge.record.Recorder;
import dev.mcpbridge.record.Selection;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.secret.KeyedMark;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.config.conditional.ConditionalOnEnabledFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The recorder, the filter that hands traffic to it, and the actuator endpoint that
 * switches it.
 */
@AutoConfiguration(after = { McpBridgeAutoConfiguration.class, McpGrantAutoConfiguration.class },
		before = McpFilterAutoConfiguration.class)
@EnableConfigurationProperties(McpRecordProperties.class)
public final class McpRecordAutoConfiguration {

	/** How the paths of the authorization server end, metadata left aside. */
	private static final List<String> FRONT_DESK = List.of("/register", "/authorize", "/oauth/callback",
			"/access-token", "/token", "/revoke", "/introspect", "/jwks.json");

	/** With keys of ours, equal is equal on every replica, and after a restart. */
	@Bean
	@ConditionalOnMissingBean
	Recorder mcpRecorder(McpRecordProperties properties, McpBridgeProperties bridge, ObjectProvider<KeyFile> keys,
			InstantSource clock, SecureRandom random, ObjectProvider<RecordListener> listeners) {
		RecordSettings settings = properties.settings(bridge.dataDir());
		Recorder recorder = new Recorder(settings, marks(keys.getIfAvailable(), random), clock, random,
				RecordListener.all(listeners.orderedStream().toList()));
		if (properties.active()) {
			recorder.start(new Selection(Selection.Who.ANYBODY, null, properties.ratio(), null));
		}
		return recorder;
	}

	private static UnaryOperator<String> marks(@Nullable KeyFile keys, SecureRandom random) {
		if (keys == null) {
			return Recorder.passingMarks(random);
		}
		KeyedMark mark = new KeyedMark(keys, "record");
		return (text) -> mark.of(text);
	}

	@Bean
	@ConditionalOnEnabledFilter
	@ConditionalOnMissingBean
	McpRecordGatewayFilterFactory mcpRecordGatewayFilterFactory(Recorder recorder) {
		return new McpRecordGatewayFilterFactory(recorder);
	}

	@Bean
	@ConditionalOnBooleanProperty("mcp.bridge.record.front-desk")
	@ConditionalOnMissingBean
	McpRecordWebFilter mcpRecordWebFilter(Recorder recorder) {
		return new McpRecordWebFilter(recorder, FRONT_DESK);
	}

	/** The switch, where the actuator is there and the endpoint exposed. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	@ConditionalOnAvailableEndpoint(McpRecordEndpoint.class)
	static final class Actuator {

		@Bean
		@ConditionalOnMissingBean
		McpRecordEndpoint mcpRecordEndpoint(Recorder recorder, McpRecordProperties properties,
				McpBridgeProperties bridge, InstantSource clock) {
			return new McpRecordEndpoint(recorder, properties.settings(bridge.dataDir()).directory().toString(), clock);
		}

	}

}
