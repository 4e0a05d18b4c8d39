package dev.mcpbridge.request;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

class RequestIdsTests {

	private static final String MADE = "[0-9a-f]{32}";

	private final AtomicReference<String> atHand = new AtomicReference<>();

	private final HttpHandler handler = new RequestIds(new SecureRandom())
		.apply((request, response) -> Mono.deferContextual((context) -> {
			this.atHand.set(context.get(RequestIds.KEY));
			response.getHeaders().addAll("x-request-id", List.of("the upstream's", "and another"));
			return response.setComplete();
		}));

	@ParameterizedTest
	@ValueSource(strings = { "a", "0", "01J9ZQ4-client_7.2", "4bf92f3577b34da6a3ce929d0e0e4736",
			"0123456789012345678901234567890123456789012345678901234567890123" })
	void whatIsAnIdIsKept(String sent) {
		assertThat(told(sent)).isEqualTo(sent);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a,b", "a\nb", "a\n", "a\r\nlevel=ERROR", "\"a\"", "a:b", "{}", "ä", "a=b",
			"01234567890123456789012345678901234567890123456789012345678901234" })
	void whatIsNoneIsReplaced(String sent) {
		assertThat(told(sent)).matches(MADE);
	}

	@Test
	void twoAreNone() {
		assertThat(told("one", "other")).matches(MADE);
		assertThat(told("one", "one")).matches(MADE);
	}

	@Test
	void whoSendsNoneGetsOneOfTheirOwn() {
		Set<String> told = new HashSet<>();
		for (int request = 0; request < 100; request++) {
			told.add(told());
		}
		assertThat(told).hasSize(100).allMatch((id) -> id.matches(MADE));
	}

	/** What the client is told, which is also what is at hand. */
	private String told(String... sent) {
		MockServerHttpRequest request = MockServerHttpRequest.get("/mcp").header(RequestIds.HEADER, sent).build();
		MockServerHttpResponse response = new MockServerHttpResponse();
		StepVerifier.create(this.handler.handle(request, response)).expectComplete().verify(Duration.ofSeconds(5));
		List<String> told = response.getHeaders().getOrEmpty(RequestIds.HEADER);
		assertThat(told).containsExactly(this.atHand.get());
		return told.get(0);
	}

}
