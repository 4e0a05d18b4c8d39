package dev.mcpbridge.stream;

import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

class TurnstileTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	@Test
	void theNextBufferIsAskedForWhenTheOneBeforeWasTaken() {
		TestPublisher<DataBuffer> body = TestPublisher.create();
		StepVerifier.create(Turnstile.groups(body.flux()))
			.then(() -> body.next(Texts.buffer("1")))
			.assertNext((group) -> {
				body.assertMaxRequested(1);
				StepVerifier.create(group).expectNextCount(1).expectComplete().verify(PATIENCE);
			})
			.then(() -> body.next(Texts.buffer("2")))
			.expectNextCount(1)
			.thenCancel()
			.verify(PATIENCE);
		body.assertCancelled();
	}

	@Test
	void aBufferNobodyTookIsReleased() {
		ByteBuf left = UnpooledByteBufAllocator.DEFAULT.buffer().writeByte('x');
		DataBuffer buffer = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT).wrap(left);
		StepVerifier.create(Turnstile.groups(Flux.just(buffer))).expectNextCount(1).thenCancel().verify(PATIENCE);
		assertThat(left.refCnt()).isZero();
	}

	@Test
	void theEndFollowsTheLastBuffer() {
		StepVerifier
			.create(Turnstile.groups(Flux.just(Texts.buffer("1"), Texts.buffer("2"))).concatMap((group) -> group))
			.expectNextCount(2)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void anErrorFollowsTheLastBufferToo() {
		Flux<DataBuffer> body = Flux.concat(Flux.just(Texts.buffer("1")), Flux.error(new IllegalStateException()));
		StepVerifier.create(Turnstile.groups(body), 2)
			.assertNext((group) -> StepVerifier.create(group).expectNextCount(1).expectComplete().verify(PATIENCE))
			.expectError(IllegalStateException.class)
			.verify(PATIENCE);
	}

}
