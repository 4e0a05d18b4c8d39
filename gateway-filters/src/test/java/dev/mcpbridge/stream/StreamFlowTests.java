package dev.mcpbridge.stream;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class StreamFlowTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final MockServerWebExchange exchange = MockServerWebExchange
		.from(MockServerHttpRequest.get("https://gateway.example/team/sse?a=b"));

	private final List<String> heard = new ArrayList<>();

	private final StreamFlow flow = new StreamFlow(Duration.ZERO, null, new StreamListener() {

		@Override
		public void events(ServerWebExchange exchange, int count) {
			StreamFlowTests.this.heard.add("%d events".formatted(count));
		}

		@Override
		public void ended(ServerWebExchange exchange, StreamEnd end, Duration lasted) {
			StreamFlowTests.this.heard.add(end.toString());
		}

	}, StreamDrainTests.idle());

	@Test
	void withoutARequestToAnUpstreamAnEndpointIsUnderTheClientsPath() {
		assertThat(passed("event: endpoint\ndata: /team/sse/message?sessionId=1\n\n"))
			.isEqualTo("event: endpoint\ndata: /team/sse/message?sessionId=1\n\n");
	}

	@Test
	void whatWasRequestedOfTheUpstreamWins() {
		this.exchange.getAttributes()
			.put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, URI.create("https://mcp.example/v1/sse"));
		assertThat(passed("event: endpoint\ndata: /v1/sse/message\n\n"))
			.isEqualTo("event: endpoint\ndata: /team/sse/message\n\n");
	}

	@Test
	void eventsAreCountedBufferByBuffer() {
		passed("data: {}\n\ndata: 1\n\nda", "ta: 2\n", "\n");
		assertThat(this.heard).containsExactly("2 events", "1 events", "UPSTREAM_ENDED");
	}

	@Test
	void anEndpointEventThatIsNotTheFirstEndsTheStreamBeforeItIsWhole() {
		assertThat(passed("data: {}\n\n", "event: endpoint", "\ndata: /team/sse/message\n\n"))
			.isEqualTo("data: {}\n\nevent: endpoint");
		assertThat(this.heard).containsExactly("1 events", "1 events", "ENDPOINT_REFUSED");
	}

	private String passed(String... parts) {
		List<DataBuffer> out = new ArrayList<>();
		this.flow.apply(this.exchange, Flux.fromArray(parts).map(Texts::buffer), 0)
			.doOnNext(out::add)
			.onErrorComplete(EndpointException.class)
			.then()
			.block(PATIENCE);
		return Texts.text(out);
	}

}
