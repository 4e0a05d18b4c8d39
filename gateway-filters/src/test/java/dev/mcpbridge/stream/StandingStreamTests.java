package dev.mcpbridge.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

class StandingStreamTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final TestPublisher<DataBuffer> upstream = TestPublisher.create();

	private final StandingStream stream = new StandingStream(this.time);

	@Test
	void nobodyAsksItToEndSoItGoesOn() {
		StepVerifier.create(text())
			.then(() -> this.time.advanceTimeBy(Duration.ofDays(1)))
			.then(() -> send("data: 1\n\n"))
			.expectNext("data: 1\n\n")
			.then(this.upstream::complete)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.stream.isDrained()).isFalse();
	}

	@Test
	void betweenEventsItEndsAtOnce() {
		StepVerifier.create(text())
			.then(() -> send("data: 1\n\n"))
			.expectNext("data: 1\n\n")
			.then(this.stream::ask)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.stream.isDrained()).isTrue();
		this.upstream.assertCancelled();
	}

	@Test
	void askedBeforeItBeginsItEndsAtOnce() {
		this.stream.ask();
		StepVerifier.create(text()).expectComplete().verify(PATIENCE);
		assertThat(this.stream.isDrained()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n\n", "\r\r", "\r\n\r\n" })
	void theEventUnderWayIsTheLast(String end) {
		StepVerifier.create(text())
			.then(() -> send("data: 1"))
			.expectNext("data: 1")
			.then(this.stream::ask)
			.then(() -> send(",2"))
			.expectNext(",2")
			.then(() -> send(",3" + end + "data: 4\n\ndata"))
			.expectNext(",3" + end)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.stream.isDrained()).isTrue();
		this.upstream.assertCancelled();
	}

	@Test
	void anEventThatTakesTooLongIsBrokenOff() {
		StepVerifier.create(text())
			.then(() -> send("data: 1\n"))
			.expectNext("data: 1\n")
			.then(this.stream::ask)
			.then(() -> this.time.advanceTimeBy(StandingStream.MOMENT.minusMillis(1)))
			.then(() -> send("data: 2\n"))
			.expectNext("data: 2\n")
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(1)))
			.expectError(DrainedException.class)
			.verify(PATIENCE);
		assertThat(this.stream.isDrained()).isTrue();
		this.upstream.assertCancelled();
	}

	@Test
	void anUpstreamThatFailsIsNotDrained() {
		StepVerifier.create(text())
			.then(() -> send("data: 1\n"))
			.expectNext("data: 1\n")
			.then(this.stream::ask)
			.then(() -> this.upstream.error(new IllegalStateException()))
			.expectError(IllegalStateException.class)
			.verify(PATIENCE);
		assertThat(this.stream.isDrained()).isFalse();
	}

	@Test
	void whatFollowsTheLastEventIsReleased() {
		ByteBuf bytes = ByteBufUtil.writeUtf8(UnpooledByteBufAllocator.DEFAULT, "\ndata: 2\n\n");
		StepVerifier.create(text())
			.then(() -> send("data: 1\n"))
			.expectNext("data: 1\n")
			.then(this.stream::ask)
			.then(() -> this.upstream.next(new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT).wrap(bytes)))
			.expectNext("\n")
			.expectComplete()
			.verify(PATIENCE);
		assertThat(bytes.refCnt()).isZero();
	}

	private void send(String text) {
		this.upstream.next(Texts.buffer(text));
	}

	private Flux<String> text() {
		return this.stream.over(this.upstream.flux())
			.map((buffer) -> new String(Texts.text(buffer).getBytes(StandardCharsets.ISO_8859_1),
					StandardCharsets.UTF_8));
	}

}
