package dev.mcpbridge.stream;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.core.io.buffer.DataBuffer;

import static org.assertj.core.api.Assertions.assertThat;

class StreamProperties {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration EVERY = Duration.ofSeconds(15);

	private static final EndpointPath PATH = new EndpointPath("/sse", URI.create("https://mcp.example/v1/sse"), null,
			null);

	@Property(tries = 300)
	void everyTwoPartsOfAStreamMakeTheSameBytes(@ForAll("streams") String stream) {
		byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
		String whole = rewritten(List.of(Texts.bytes(bytes, 0, bytes.length)));
		for (int cut = 0; cut <= bytes.length; cut++) {
			assertThat(rewritten(List.of(Texts.bytes(bytes, 0, cut), Texts.bytes(bytes, cut, bytes.length))))
				.isEqualTo(whole);
		}
	}

	@Property(tries = 500)
	void anyPartsOfAStreamMakeTheSameEvents(@ForAll("streams") String stream, @ForAll("cuts") Set<Integer> cuts) {
		List<String> events = Texts.events(stream);
		if (!events.isEmpty() && events.get(0).startsWith("endpoint=")) {
			events.set(0, "endpoint=/sse/message?sessionId=1\n");
		}
		assertThat(Texts.events(rewritten(Texts.parts(stream, cuts)))).isEqualTo(events);
	}

	@Property(tries = 500)
	void noHeartbeatIsInsideAnEvent(@ForAll("unmarkedStreams") String stream, @ForAll("cuts") Set<Integer> cuts) {
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		Sinks.Many<DataBuffer> body = Sinks.many().unicast().onBackpressureBuffer();
		List<DataBuffer> out = new ArrayList<>();
		StepVerifier.create(
				Heartbeats.over(body.asFlux(), Texts.BUFFERS, EVERY, time, () -> time.now(TimeUnit.NANOSECONDS), () -> {
				}))
			.then(() -> {
				Texts.parts(stream, cuts).forEach((part) -> {
					body.tryEmitNext(part).orThrow();
					time.advanceTimeBy(EVERY);
				});
				body.tryEmitComplete().orThrow();
			})
			.recordWith(() -> out)
			.thenConsumeWhile((buffer) -> true)
			.expectComplete()
			.verify(PATIENCE);
		String kept = Texts.text(out);
		assertThat(Texts.events(kept)).isEqualTo(Texts.events(stream));
		assertThat(kept.replace(": keep-alive\n\n", "")).isEqualTo(stream);
	}

	@Property(tries = 500)
	void eventsAreCountedWhateverTheCuts(@ForAll("unmarkedStreams") String stream, @ForAll("cuts") Set<Integer> cuts) {
		PassingEvents count = new PassingEvents();
		assertThat(Texts.parts(stream, cuts).stream().mapToInt(count::advance).sum())
			.isEqualTo(Texts.events(stream).size());
	}

	@Property(tries = 500)
	void aStreamThatIsEndedHasWholeEventsOnly(@ForAll("unmarkedStreams") String stream,
			@ForAll("cuts") Set<Integer> cuts, @ForAll @IntRange(max = 13) int asked) {
		StandingStream standing = new StandingStream(VirtualTimeScheduler.create());
		Sinks.Many<DataBuffer> body = Sinks.many().unicast().onBackpressureBuffer();
		List<DataBuffer> out = new ArrayList<>();
		List<DataBuffer> parts = Texts.parts(stream, cuts);
		StepVerifier.create(standing.over(body.asFlux())).then(() -> {
			for (int i = 0; i < parts.size(); i++) {
				if (i == asked) {
					standing.ask();
				}
				body.tryEmitNext(parts.get(i));
			}
			body.tryEmitComplete();
		}).recordWith(() -> out).thenConsumeWhile((buffer) -> true).expectComplete().verify(PATIENCE);
		String kept = Texts.text(out);
		assertThat(stream).startsWith(kept);
		assertThat(Texts.events(kept)).isEqualTo(Texts.events(stream).subList(0, Texts.events(kept).size()));
		if (standing.isDrained()) {
			assertThat(kept).matches("(?s)|.*(\n|\r)(\n|\r)|\r?\n|\r");
		}
	}

	@Provide
	Arbitrary<String> streams() {
		Arbitrary<String> end = Arbitraries.of("\n", "\r", "\r\n");
		Arbitrary<String> line = Arbitraries.of("data: {\"a\":1}", "data: x", "data:\u00e9\u4e16", "data", ": note",
				"id: 7", "event: message", "retry: 3", "other: field", "event: endpoint2",
				"data: {\"event\":\"endpoint\"}");
		Arbitrary<List<String>> event = line.list().ofMaxSize(4);
		Arbitrary<List<String>> first = Arbitraries.of(List.of("event: endpoint", "data: /v1/sse/message?sessionId=1"),
				List.of("data:/v1/sse/message?sessionId=1", "event:endpoint"), List.of("data: {}"), List.of());
		Arbitrary<String> start = Arbitraries.of("", "", "\ufeff", ": hello|", ": hello||", "|", "retry: 1||");
		return Combinators.combine(start, first, event.list().ofMaxSize(3), end).as((before, opening, events, ends) -> {
			StringBuilder stream = new StringBuilder(before);
			append(stream, opening);
			events.forEach((lines) -> append(stream, lines));
			return stream.toString().replace("|", ends);
		});
	}

	/** A comment before a byte order mark would take its meaning away. */
	@Provide
	Arbitrary<String> unmarkedStreams() {
		return streams().filter((stream) -> !stream.startsWith("\ufeff"));
	}

	@Provide
	Arbitrary<Set<Integer>> cuts() {
		return Arbitraries.integers().between(0, 120).set().ofMaxSize(12);
	}

	private static void append(StringBuilder stream, List<String> lines) {
		lines.forEach((line) -> stream.append(line).append('|'));
		stream.append('|');
	}

	private static String rewritten(List<DataBuffer> parts) {
		List<DataBuffer> out = new ArrayList<>();
		StepVerifier.create(EndpointRewriter.over(Flux.fromIterable(parts), Texts.BUFFERS, PATH::rewrite))
			.recordWith(() -> out)
			.thenConsumeWhile((buffer) -> true)
			.expectComplete()
			.verify(PATIENCE);
		return Texts.text(out);
	}

}
