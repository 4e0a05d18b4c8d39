package dev.mcpbridge.observe;

import java.util.concurrent.atomic.AtomicInteger;

import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.Transport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts translated sessions and what goes through them.
 */
public final class TranslationMetrics implements TranslationListener {

	private static final String UPSTREAM = "upstream";

	private final MeterPerWord<Transport, AtomicInteger> open;

	private final MeterPerWord<Transport, Counter> opened;

	private final MeterPerWord<Transport, MeterPerWord<End, Counter>> ended;

	private final MeterPerWord<Transport, MeterPerWord<Flow, Counter>> messages;

	private final MeterPerWord<Transport, MeterPerWord<Refused, Counter>> refused;

	private final MeterPerWord<Transport, MeterPerWord<Reopened, Counter>> reopened;

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 */
	public TranslationMetrics(MeterRegistry registry) {
		this.open = MeterPerWord.of(Transport.class, (upstream) -> open(registry, upstream));
		this.opened = MeterPerWord.counters(Transport.class, registry, "mcp.bridge.translation.sessions.opened",
				"Translated sessions that were opened", UPSTREAM);
		this.ended = perUpstream(End.class, registry, "mcp.bridge.translation.sessions.ended",
				"Translated sessions that ended", "end");
		this.messages = perUpstream(Flow.class, registry, "mcp.bridge.translation.messages",
				"Messages that went from one transport to the other", "flow");
		this.refused = perUpstream(Refused.class, registry, "mcp.bridge.translation.refused",
				"What was not taken from a client or an upstream", "reason");
		this.reopened = perUpstream(Reopened.class, registry, "mcp.bridge.translation.reopened",
				"Attempts to put another stream of the upstream in the place of one that was cut", "outcome");
	}

	@Override
	public void opened(Transport upstream) {
		this.open.of(upstream).incrementAndGet();
		this.opened.of(upstream).increment();
	}

	@Override
	public void ended(Transport upstream, End end) {
		this.open.of(upstream).decrementAndGet();
		this.ended.of(upstream).of(end).increment();
	}

	@Override
	public void translated(Transport upstream, Flow flow) {
		this.messages.of(upstream).of(flow).increment();
	}

	@Override
	public void refused(Transport upstream, Refused why) {
		this.refused.of(upstream).of(why).increment();
	}

	@Override
	public void reopened(Transport upstream, Reopened outcome) {
		this.reopened.of(upstream).of(outcome).increment();
	}

	private static AtomicInteger open(MeterRegistry registry, Transport upstream) {
		AtomicInteger open = new AtomicInteger();
		Gauge.builder("mcp.bridge.translation.sessions.open", open, AtomicInteger::get)
			.description("Translated sessions this process holds")
			.tag(UPSTREAM, MeterPerWord.value(upstream))
			.strongReference(true)
			.register(registry);
		return open;
	}

	private static <E extends Enum<E>> MeterPerWord<Transport, MeterPerWord<E, Counter>> perUpstream(Class<E> words,
			MeterRegistry registry, String name, String description, String tag) {
		return MeterPerWord.of(Transport.class, (upstream) -> MeterPerWord.counters(words, registry, name, description,
				tag, UPSTREAM, MeterPerWord.value(upstream)));
	}

}
