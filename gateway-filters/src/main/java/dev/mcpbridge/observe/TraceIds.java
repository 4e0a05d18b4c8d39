package dev.mcpbridge.observe;

import java.util.function.Function;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Finds the id of the trace a request is part of.
 */
public final class TraceIds implements Function<ContextView, @Nullable String> {

	@Override
	public @Nullable String apply(ContextView context) {
		Observation observation = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		TracingContext tracing = (observation != null) ? observation.getContextView().get(TracingContext.class) : null;
		return (tracing != null && tracing.getSpan() != null) ? tracing.getSpan().context().traceId() : null;
	}

}
