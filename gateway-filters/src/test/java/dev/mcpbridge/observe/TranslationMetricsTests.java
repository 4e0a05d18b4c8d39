package dev.mcpbridge.observe;

import dev.mcpbridge.translation.TranslationListener.End;
import dev.mcpbridge.translation.TranslationListener.Flow;
import dev.mcpbridge.translation.TranslationListener.Refused;
import dev.mcpbridge.translation.TranslationListener.Reopened;
import dev.mcpbridge.translation.Transport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class TranslationMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final TranslationMetrics metrics = new TranslationMetrics(this.registry);

	@Test
	void openSessionsAreShownUntilTheyEnd() {
		this.metrics.opened(Transport.SSE);
		this.metrics.opened(Transport.SSE);
		this.metrics.opened(Transport.STREAMABLE);
		this.metrics.ended(Transport.SSE, End.IDLE);
		assertThat(open("sse")).isEqualTo(1);
		assertThat(open("streamable")).isEqualTo(1);
		assertThat(counter("sessions.opened", "upstream", "sse").count()).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource(End.class)
	void sessionsAreCountedByTheirEnd(End end) {
		this.metrics.ended(Transport.SSE, end);
		assertThat(counter("sessions.ended", "upstream", "sse", "end", MeterPerWord.value(end)).count()).isEqualTo(1);
		assertOnlyOne("sessions.ended");
	}

	@ParameterizedTest
	@EnumSource(Flow.class)
	void messagesAreCountedByTheirWay(Flow flow) {
		this.metrics.translated(Transport.STREAMABLE, flow);
		assertThat(counter("messages", "upstream", "streamable", "flow", MeterPerWord.value(flow)).count())
			.isEqualTo(1);
		assertOnlyOne("messages");
	}

	@ParameterizedTest
	@EnumSource(Refused.class)
	void whatIsRefusedIsCountedByItsReason(Refused why) {
		this.metrics.refused(Transport.SSE, why);
		assertThat(counter("refused", "upstream", "sse", "reason", MeterPerWord.value(why)).count()).isEqualTo(1);
		assertOnlyOne("refused");
	}

	@ParameterizedTest
	@EnumSource(Reopened.class)
	void attemptsToReopenAStreamAreCountedByWhatCameOfThem(Reopened outcome) {
		this.metrics.reopened(Transport.SSE, outcome);
		assertThat(counter("reopened", "upstream", "sse", "outcome", MeterPerWord.value(outcome)).count()).isEqualTo(1);
		assertOnlyOne("reopened");
	}

	private void assertOnlyOne(String name) {
		assertThat(this.registry.get("mcp.bridge.translation." + name).counters()).extracting(Counter::count)
			.containsOnlyOnce(1d);
	}

	private double open(String upstream) {
		return this.registry.get("mcp.bridge.translation.sessions.open").tag("upstream", upstream).gauge().value();
	}

	private Counter counter(String name, String... tags) {
		return this.registry.get("mcp.bridge.translation." + name).tags(tags).counter();
	}

}
