package dev.mcpbridge.app;

import dev.mcpbridge.oauth.ProtectedResources;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

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

	/**
	 * A request of an MCP path is counted and timed by {@code mcp_bridge_requests}; an
	 * observation would do it again, for as much processor time as the rest of the
	 * bridge.
	 */
	@Bean
	ObservationPredicate frontDeskOnly(ObjectProvider<ProtectedResources> resources) {
		return (name, context) -> {
			if (context instanceof ServerRequestObservationContext observed) {
				@Nullable ServerHttpRequest request = observed.getCarrier();
				return request == null || !isOfEndpoint(request, resources.getObject());
			}
			return true;
		};
	}

	/** Reads and writes no header: a client's own pass as they came. */
	@Bean
	Propagator noPropagator() {
		return Propagator.NOOP;
	}

	private static boolean isOfEndpoint(ServerHttpRequest request, ProtectedResources resources) {
		return resources.endpointOf(request.getPath().value()).isPresent();
	}

}
