package dev.mcpbridge.observe;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;

/**
 * Makes each observation the first span of a trace of its own, with a link to the span
 * its context names by {@link TraceContext}, if it names one.
 */
final class RootSpans extends DefaultTracingObservationHandler {

	RootSpans(Tracer tracer) {
		super(tracer);
	}

	@Override
	public void onStart(Observation.Context context) {
		Span.Builder span = getTracer().spanBuilder().setNoParent();
		TraceContext cause = context.get(TraceContext.class);
		getTracingContext(context).setSpan(((cause != null) ? span.addLink(new Link(cause)) : span).start());
	}

}
