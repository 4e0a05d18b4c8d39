package dev.mcpbridge.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class StreamListenersTests {

	private final ServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/sse"));

	private final List<String> heard = new ArrayList<>();

	@Test
	void allHearInTheirOrder() {
		StreamListener all = StreamListener.all(List.of(named("first"), named("second")));
		all.opened(this.exchange, Duration.ofMillis(9));
		all.ended(this.exchange, StreamEnd.CLIENT_LEFT, Duration.ofSeconds(3));
		assertThat(this.heard).containsExactly("first opened PT0.009S", "second opened PT0.009S",
				"first CLIENT_LEFT PT3S", "second CLIENT_LEFT PT3S");
	}

	private StreamListener named(String name) {
		return new StreamListener() {

			@Override
			public void opened(ServerWebExchange exchange, Duration waited) {
				StreamListenersTests.this.heard.add("%s opened %s".formatted(name, waited));
			}

			@Override
			public void ended(ServerWebExchange exchange, StreamEnd end, Duration lasted) {
				StreamListenersTests.this.heard.add("%s %s %s".formatted(name, end, lasted));
			}

		};
	}

}
