package dev.mcpbridge.app;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes no spans while there is nobody to send them to. Otherwise Spring makes and
 * samples them all the same, and the ids of traces that nobody ever sees are in exemplars
 * and log lines.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "management.tracing.export.enabled", havingValue = false)
class NoTracing {

	@Bean
	Tracer noTracer() {
		return Tracer.NOOP;
	}

	/** Reads and writes no header: a client's own pass as they came. */
	@Bean
	Propagator noPropagator() {
		return Propagator.NOOP;
	}

}
