package dev.mcpbridge.translation;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

class OwnResponseTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final URI URL = URI.create("http://localhost/v1/mcp");

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theReaderBeginsWhenTheHeadersAreHere(boolean flushing) {
		List<HttpStatusCode> read = new ArrayList<>();
		OwnResponse<String> response = response((answer) -> {
			read.add(answer.status());
			return answer.body().then(Mono.just("read"));
		});
		response.setStatusCode(HttpStatus.ACCEPTED);
		TestPublisher<DataBuffer> body = TestPublisher.create();
		StepVerifier.create(write(response, body.flux(), flushing))
			.then(() -> assertThat(read).containsExactly(HttpStatus.ACCEPTED))
			.then(() -> assertThat(response.result()).isNull())
			.then(body::complete)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(response.result()).isEqualTo("read");
	}

	@Test
	void whatIsNotReadIsDiscarded() {
		OwnResponse<String> response = response((answer) -> Mono.just("not read"));
		TestPublisher<DataBuffer> body = TestPublisher.create();
		StepVerifier.create(write(response, body.flux(), true))
			.then(() -> body.next(DefaultDataBufferFactory.sharedInstance.wrap(new byte[1])).complete())
			.expectComplete()
			.verify(PATIENCE);
		assertThat(response.result()).isEqualTo("not read");
	}

	@Test
	void whoeverWaitsNoMoreLetsGoOfTheUpstream() {
		OwnResponse<String> response = response((answer) -> answer.body().then(Mono.just("read")));
		TestPublisher<DataBuffer> body = TestPublisher.create();
		StepVerifier.create(write(response, body.flux(), true))
			.then(body::assertSubscribers)
			.thenCancel()
			.verify(PATIENCE);
		body.assertCancelled();
	}

	@Test
	void anAnswerWithoutABodyIsReadToo() {
		OwnResponse<HttpStatus> response = new OwnResponse<>(new MockServerHttpResponse(), () -> URL,
				(answer) -> Mono.just(HttpStatus.valueOf(answer.status().value())));
		response.setStatusCode(HttpStatus.NOT_FOUND);
		StepVerifier.create(response.setComplete()).expectComplete().verify(PATIENCE);
		assertThat(response.result()).isEqualTo(HttpStatus.NOT_FOUND);
	}

	@Test
	void anAnswerSaysWhereItComesFrom() {
		OwnResponse<String> response = response((answer) -> Mono.just(answer.url().toString()));
		StepVerifier.create(response.setComplete()).expectComplete().verify(PATIENCE);
		assertThat(response.result()).isEqualTo("http://localhost/v1/mcp");
	}

	private static OwnResponse<String> response(Function<UpstreamAnswer, Mono<String>> reader) {
		return new OwnResponse<>(new MockServerHttpResponse(), () -> URL, reader);
	}

	private static Mono<Void> write(OwnResponse<?> response, Publisher<DataBuffer> body, boolean flushing) {
		return flushing ? response.writeAndFlushWith(Flux.from(body).map(Flux::just)) : response.writeWith(body);
	}

}
