package dev.mcpbridge.observe;

import dev.mcpbridge.refresh.RefreshOutcome;
import dev.mcpbridge.refresh.RefreshTrigger;
import dev.mcpbridge.refresh.RefreshWatch;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Makes each refresh a span: {@code mcp.bridge.refresh}, with {@code trigger} and
 * {@code outcome}, and an error if the upstream or the store gave no answer to rely on.
 * <p>
 * It is a trace of its own, since many requests may wait for one refresh, which outlives
 * them. A link leads to the request that began it. What is observed on the way, as
 * commands of Redis are, is within.
 */
public final class RefreshSpans implements RefreshWatch {

	private static final String NAME = "mcp.bridge.refresh";

	/**
	 * Of its own: the timer of this name is made elsewhere, from what was heard of
	 * refreshes.
	 */
	private final ObservationRegistry registry = ObservationRegistry.create();

	/**
	 * Makes spans.
	 * @param tracer where they are begun
	 */
	public RefreshSpans(Tracer tracer) {
		this.registry.observationConfig().observationHandler(new RootSpans(tracer));
	}

	@Override
	public Mono<RefreshOutcome> watch(RefreshTrigger trigger, ContextView asking, Mono<RefreshOutcome> refresh) {
		return Mono.defer(() -> {
			Observation span = begin(trigger, spanOf(asking));
			return refresh.doOnNext((outcome) -> end(span, RefreshEnd.of(outcome)))
				.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, span));
		});
	}

	private Observation begin(RefreshTrigger trigger, @Nullable TraceContext asking) {
		Observation.Context context = new Observation.Context();
		if (asking != null) {
			context.put(TraceContext.class, asking);
		}
		return Observation.createNotStarted(NAME, () -> context, this.registry)
			.lowCardinalityKeyValue("trigger", MeterPerWord.value(trigger))
			.start();
	}

	private static void end(Observation span, RefreshEnd end) {
		span.lowCardinalityKeyValue("outcome", MeterPerWord.value(end));
		if (end == RefreshEnd.UNREACHABLE) {
			span.error(new UnreachableException());
		}
		span.stop();
	}

	/** Spring leaves a request's observation there, whoever's tracer it has. */
	private static @Nullable TraceContext spanOf(ContextView asking) {
		Object request = asking.getOrDefault(ObservationThreadLocalAccessor.KEY, asking);
		if (!(request instanceof Observation observation)) {
			return null;
		}
		TracingContext tracing = observation.getContextView().get(TracingContext.class);
		Span span = (tracing != null) ? tracing.getSpan() : null;
		return (span != null) ? span.context() : null;
	}

	/** Says no more than that; the reason is in the log. */
	private static final class UnreachableException extends RuntimeException {

		UnreachableException() {
			super("unreachable", null, false, false);
		}

	}

}
