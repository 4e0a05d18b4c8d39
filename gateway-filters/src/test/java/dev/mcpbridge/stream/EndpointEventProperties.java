package dev.mcpbridge.stream;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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

	@Provide
	Arbitrary<String> streams() {
		Arbitrary<String> piece = Arbitraries.of("event: endpoint", "event:endpoint", "event: ENDPOINT ", "event",
				"event: message", "data: ", "data:", "data", "https://evil.example/", "//evil.example/v1/sse",
				"/v1/sse/message?sessionId=1", "/\\evil.example", "{\"a\":1}", "[", ": ping", "id: 1", "\n", "\n",
				"\n\n", "\r\n", "\r", "\r\n\r\n", " ", "\t", "\u0000", "\ufeff", "\u00e9");
		return piece.list().ofMaxSize(16).map((pieces) -> String.join("", pieces));
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
