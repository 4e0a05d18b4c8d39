package dev.mcpbridge.exchange;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What filters further in ask for at the commit happens once, however often they ran.
 */
class AttemptResponseTests {

	static final Duration PATIENCE = Duration.ofSeconds(10);

	final MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));

	final AtomicInteger committed = new AtomicInteger();

	final AtomicInteger accepted = new AtomicInteger();

	boolean ours;

	@Test
	void aRefusalIsNotWrittenAndWhatWasToBeDoneAtItsCommitIsNot() {
		AttemptResponse refused = attempt(HttpStatus.UNAUTHORIZED);
		StepVerifier.create(refused.writeAndFlushWith(Mono.just(body()))).expectComplete().verify(PATIENCE);
		assertThat(refused.isRefused()).isTrue();
		assertThat(this.exchange.getResponse().isCommitted()).isFalse();
		assertThat(this.accepted).hasValue(0);
		StepVerifier.create(attempt(HttpStatus.OK).writeWith(body())).expectComplete().verify(PATIENCE);
		assertThat(this.exchange.getResponse().isCommitted()).isTrue();
		assertThat(this.committed).hasValue(1);
		assertThat(this.accepted).hasValue(1);
	}

	@Test
	void anAnswerWithoutABodyIsJudgedToo() {
		AttemptResponse refused = attempt(HttpStatus.UNAUTHORIZED);
		StepVerifier.create(refused.setComplete()).expectComplete().verify(PATIENCE);
		assertThat(refused.isRefused()).isTrue();
		StepVerifier.create(attempt(HttpStatus.NO_CONTENT).setComplete()).expectComplete().verify(PATIENCE);
		assertThat(this.committed).hasValue(1);
	}

	@Test
	void aRefusalOfOurOwnIsWritten() {
		this.ours = true;
		AttemptResponse challenged = attempt(HttpStatus.UNAUTHORIZED);
		StepVerifier.create(challenged.writeWith(body())).expectComplete().verify(PATIENCE);
		assertThat(challenged.isRefused()).isFalse();
		assertThat(this.exchange.getResponse().isCommitted()).isTrue();
	}

	@Test
	void anAttemptThatFailsLeavesTheCommitToFiltersFurtherOut() {
		AttemptResponse failed = attempt(HttpStatus.OK);
		failed.leave();
		StepVerifier.create(this.exchange.getResponse().setComplete()).expectComplete().verify(PATIENCE);
		assertThat(this.committed).hasValue(1);
		assertThat(this.accepted).hasValue(0);
	}

	private AttemptResponse attempt(HttpStatus status) {
		AttemptResponse response = new AttemptResponse(this.exchange.getResponse(),
				(answer) -> HttpStatus.UNAUTHORIZED.equals(answer.getStatusCode()) && !this.ours,
				this.accepted::incrementAndGet);
		response.setStatusCode(status);
		response.beforeCommit(() -> Mono.fromRunnable(this.committed::incrementAndGet));
		return response;
	}

	private static Flux<DataBuffer> body() {
		return Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(new byte[10]));
	}

}
