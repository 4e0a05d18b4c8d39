package dev.mcpbridge.stream;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever an upstream writes into a stream, at whatever cuts, no endpoint event leads a
 * client away from us.
 */
class EndpointEventProperties {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final URI GATEWAY = URI.create("https://gateway.example/v1/sse");

	/** What a lenient client might take for another origin. */
	private static final Pattern ELSEWHERE = Pattern.compile("(?si)\\s*([a-z][a-z0-9+.-]*:|[/\\\\]\\s*[/\\\\]).*");

	@Property(tries = 5000)
	void noEndpointEventLeadsToAnotherHost(@ForAll("streams") String stream, @ForAll("cuts") Set<Integer> cuts) {
		for (String event : Texts.events(passed(stream, cuts))) {
			String name = event.substring(0, event.indexOf('='));
			if (name.strip().equalsIgnoreCase("endpoint")) {
				assertThat(event.substring(name.length() + 1)).doesNotMatch(ELSEWHERE);
			}
		}
	}

	/** Lines at random make streams with several events, and with lines out of place. */
	@Provide
	Arbitrary<String> streams() {
		Arbitrary<String> name = Arbitraries.of("event: endpoint", "event:endpoint", "event: ENDPOINT ", "event",
				"event: message");
		Arbitrary<String> data = Arbitraries.of("data: https://evil.example/", "data://evil.example/v1/sse",
				"data: /\\evil.example", "data: /v1/sse/message?sessionId=1", "data: {\"a\":1}", "data");
		Arbitrary<String> other = Arbitraries.of(": ping", "id: 1", "data: [", "\u0000", "\ufeff", "\u00e9", " ", "e");
		Arbitrary<String> line = Arbitraries.frequencyOf(Tuple.of(3, name), Tuple.of(3, data), Tuple.of(1, other),
				Tuple.of(3, Arbitraries.just("")));
		Arbitrary<String> end = Arbitraries.frequency(Tuple.of(9, "\n"), Tuple.of(3, "\r\n"), Tuple.of(3, "\r"),
				Tuple.of(1, ""));
		return Combinators.combine(line, end)
			.as((text, after) -> text + after)
			.list()
			.ofMaxSize(14)
			.map((lines) -> String.join("", lines));
	}

	@Provide
	Arbitrary<Set<Integer>> cuts() {
		return Arbitraries.integers().between(0, 200).set().ofMaxSize(8);
	}

	/** What left before the end, however it came. */
	private static String passed(String stream, Set<Integer> cuts) {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get(GATEWAY.toString()));
		exchange.getResponse().getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
		StreamFlow flow = new StreamFlow(Duration.ZERO, null, StreamListener.NONE, StreamDrainTests.idle());
		List<DataBuffer> out = new ArrayList<>();
		flow.apply(exchange, Flux.fromIterable(Texts.parts(stream, cuts)), 0)
			.doOnNext(out::add)
			.onErrorComplete(EndpointException.class)
			.then()
			.block(PATIENCE);
		return Texts.text(out);
	}

}
