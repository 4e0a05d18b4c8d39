package dev.mcpbridge.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

class HeartbeatsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration EVERY = Duration.ofSeconds(15);

	private static final String COMMENT = ": keep-alive\n\n";

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final TestPublisher<DataBuffer> upstream = TestPublisher.create();

	private final AtomicInteger sent = new AtomicInteger();

	@Test
	void aSilentStreamIsKeptAlive() {
		StepVerifier.create(over(this.upstream.flux()))
			.then(() -> advance(EVERY.minusMillis(1)))
			.then(() -> advance(Duration.ofMillis(1)))
			.expectNext(COMMENT)
			.then(() -> advance(EVERY.multipliedBy(3)))
			.expectNext(COMMENT, COMMENT, COMMENT)
			.then(this.upstream::complete)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.sent).hasValue(4);
	}

	@Test
	void silenceIsCountedFromTheLastByte() {
		StepVerifier.create(over(this.upstream.flux()))
			.then(() -> advance(EVERY.minusSeconds(1)))
			.then(() -> this.upstream.next(Texts.buffer("data: 1\n\n")))
			.expectNext("data: 1\n\n")
			.then(() -> advance(EVERY.minusSeconds(1)))
			.then(() -> this.upstream.next(Texts.buffer("data: 2\n\n")))
			.expectNext("data: 2\n\n")
			.then(() -> advance(EVERY))
			.expectNext(COMMENT)
			.thenCancel()
			.verify(PATIENCE);
		this.upstream.assertCancelled();
	}

	@Test
	void anEventThatIsNotOverIsNotInterrupted() {
		StepVerifier.create(over(this.upstream.flux()))
			.then(() -> this.upstream.next(Texts.buffer("data: 1\n")))
			.expectNext("data: 1\n")
			.then(() -> advance(EVERY.multipliedBy(5)))
			.then(() -> this.upstream.next(Texts.buffer("\n")))
			.expectNext("\n")
			.then(() -> advance(EVERY))
			.expectNext(COMMENT)
			.thenCancel()
			.verify(PATIENCE);
	}

	@Test
	void aSlowReaderFindsNoPileOfThem() {
		StepVerifier.create(over(this.upstream.flux()), 1).then(() -> advance(EVERY)).expectNext(COMMENT).then(() -> {
			advance(EVERY.multipliedBy(100));
			this.upstream.next(Texts.buffer("data: 1\n\n"));
			this.upstream.complete();
		})
			.thenRequest(10)
			.recordWith(ArrayList::new)
			.thenConsumeWhile((text) -> true)
			.consumeRecordedWith((all) -> assertThat(all).contains("data: 1\n\n").hasSizeLessThanOrEqualTo(2))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void theUpstreamIsAskedForOneBufferAtATime() {
		TestPublisher<DataBuffer> patient = TestPublisher.create();
		StepVerifier.create(over(patient.flux()), 0)
			.expectSubscription()
			.then(() -> patient.assertMinRequested(1).assertMaxRequested(1))
			.thenCancel()
			.verify(PATIENCE);
	}

	@Test
	void anErrorComesAfterTheBytesBeforeIt() {
		StepVerifier
			.create(over(Flux.just(Texts.buffer("data: 1\n\n")).concatWith(Mono.error(new IllegalStateException()))), 0)
			.thenRequest(1)
			.expectNext("data: 1\n\n")
			.thenRequest(1)
			.expectError(IllegalStateException.class)
			.verify(PATIENCE);
	}

	@Test
	void whatAClientDidNotTakeIsReleased() {
		ByteBuf left = UnpooledByteBufAllocator.DEFAULT.buffer().writeByte('x');
		DataBuffer buffer = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT).wrap(left);
		StepVerifier.create(over(this.upstream.flux()), 0)
			.expectSubscription()
			.then(() -> this.upstream.next(buffer))
			.thenCancel()
			.verify(PATIENCE);
		assertThat(left.refCnt()).isZero();
	}

	private Flux<String> over(Flux<DataBuffer> body) {
		return Heartbeats
			.over(body, Texts.BUFFERS, EVERY, this.time, () -> this.time.now(TimeUnit.NANOSECONDS),
					this.sent::incrementAndGet)
			.map((buffer) -> buffer.toString(StandardCharsets.UTF_8));
	}

	private void advance(Duration by) {
		this.time.advanceTimeBy(by);
	}

}
