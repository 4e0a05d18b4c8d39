package dev.mcpbridge.autoconfigure;

import dev.mcpbridge.observe.RefreshSpans;
import dev.mcpbridge.observe.UnansweredCalls;
import dev.mcpbridge.observe.UpstreamRequestNames;
import dev.mcpbridge.refresh.RefreshWatch;
import io.micrometer.tracing.Tracer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.gateway.filter.headers.observation.GatewayObservationConvention;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * What spans say of us, where there is somebody who makes them.
 */
@AutoConfiguration(before = McpRefreshAutoConfiguration.class,
		beforeName = "org.springframework.cloud.gateway.config.GatewayMetricsAutoConfiguration",
		afterName = "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration")
@ConditionalOnClass({ Tracer.class, GatewayObservationConvention.class })
@ConditionalOnBean(Tracer.class)
public final class McpTracingAutoConfiguration {

	@Bean
	@Conditional(OnOwnTokens.class)
	@ConditionalOnMissingBean
	RefreshWatch mcpRefreshSpans(Tracer tracer) {
		return (tracer != Tracer.NOOP) ? new RefreshSpans(tracer) : RefreshWatch.NONE;
	}

	@Bean
	@ConditionalOnMissingBean(GatewayObservationConvention.class)
	UpstreamRequestNames mcpUpstreamRequestNames() {
		return new UpstreamRequestNames();
	}

	@Bean
	@ConditionalOnMissingBean
	UnansweredCalls mcpUnansweredCalls() {
		return new UnansweredCalls();
	}

}
