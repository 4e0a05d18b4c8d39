package dev.mcpbridge.autoconfigure;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;

import dev.mcpbridge.audit.AuditFile;
import dev.mcpbridge.audit.AuditListener;
import dev.mcpbridge.audit.AuditLog;
import dev.mcpbridge.audit.AuditSink;
import dev.mcpbridge.audit.AuditTrail;
import dev.mcpbridge.audit.AuditedCalls;
import dev.mcpbridge.audit.PersonName;
import dev.mcpbridge.audit.otel.OpenTelemetryAudit;
import dev.mcpbridge.observe.TraceIds;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.secret.KeyedMark;
import io.opentelemetry.api.OpenTelemetry;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

/**
 * The audit of calls of tools, where it is switched on.
 */
@AutoConfiguration(after = { McpObserveAutoConfiguration.class, McpGrantAutoConfiguration.class },
		afterName = "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration")
@EnableConfigurationProperties(McpAuditProperties.class)
@ConditionalOnBooleanProperty("mcp.bridge.audit.enabled")
public final class McpAuditAutoConfiguration {

	private static final boolean TRACING = ClassUtils.isPresent("io.micrometer.tracing.Tracer",
			McpAuditAutoConfiguration.class.getClassLoader());

	@Bean
	@ConditionalOnBooleanProperty(name = "mcp.bridge.audit.log", matchIfMissing = true)
	AuditLog mcpAuditLog() {
		return new AuditLog();
	}

	@Bean
	@ConditionalOnExpression("!'${mcp.bridge.audit.file:}'.isEmpty()")
	AuditFile mcpAuditFile(McpAuditProperties properties) {
		return new AuditFile(Path.of(properties.file()), properties.fileSize(), properties.files());
	}

	/** Writes what waits before it ends, so it ends before what it writes to. */
	@Bean
	@ConditionalOnMissingBean
	AuditTrail mcpAuditTrail(McpAuditProperties properties, ObjectProvider<AuditSink> sinks,
			ObjectProvider<AuditListener> listeners) {
		return new AuditTrail(properties.buffer(), sinks.orderedStream().toList(),
				AuditListener.all(listeners.orderedStream().toList()));
	}

	@Bean
	@ConditionalOnMissingBean
	AuditedCalls mcpAuditedCalls(AuditTrail trail, McpAuditProperties properties, ObjectProvider<KeyFile> keys,
			InstantSource clock) {
		Function<ContextView, @Nullable String> traces = TRACING ? new TraceIds() : (context) -> null;
		return new AuditedCalls(trail, names(properties.person(), keys.getIfAvailable()), properties.values(), traces,
				clock);
	}

	private static PersonName names(McpAuditProperties.Person person, @Nullable KeyFile keys) {
		return switch (person) {
			case SUBJECT -> (subject) -> subject;
			case NONE -> (subject) -> null;
			case PSEUDONYM -> PersonName.pseudonym(new KeyedMark(needed(keys, "person", "pseudonym",
					"subject or none, since this gateway has no keys to make pseudonyms with"), "audit"));
		};
	}

	private static <T> T needed(@Nullable T bean, String property, String value, String expected) {
		if (bean == null) {
			throw new IllegalArgumentException(
					"mcp.bridge.audit.%s: %s (expected: %s)".formatted(property, value, expected));
		}
		return bean;
	}

	/** Log records, where somebody exports them. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(OpenTelemetry.class)
	@ConditionalOnBooleanProperty("mcp.bridge.audit.open-telemetry")
	static final class Exported {

		@Bean
		OpenTelemetryAudit mcpOpenTelemetryAudit(ObjectProvider<OpenTelemetry> openTelemetry) {
			return new OpenTelemetryAudit(needed(openTelemetry.getIfAvailable(), "open-telemetry", "true",
					"false, since there is no OpenTelemetry here")
				.getLogsBridge());
		}

	}

}
