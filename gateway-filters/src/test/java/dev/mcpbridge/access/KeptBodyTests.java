package dev.mcpbridge.access;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.mcpbridge.access.KeptBody.BodyGoneException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Buffers are counted: whatever happens, each is released exactly once by everybody who
 * had it.
 */
class KeptBodyTests {

	static final Duration PATIENCE = Duration.ofSeconds(10);

	final NettyDataBufferFactory factory = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);

	final List<ByteBuf> made = new ArrayList<>();

	final Sinks.Many<DataBuffer> client = Sinks.many().unicast().onBackpressureBuffer();

	final AtomicLong asked = new AtomicLong();

	final AtomicInteger cancels = new AtomicInteger();

	@AfterEach
	void nothingIsHeld() {
		assertThat(this.made).allSatisfy((buffer) -> assertThat(buffer.refCnt()).isZero());
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 3_000 })
	void everyReaderGetsTheWholeBody(int size) {
		KeptBody body = body(10_000);
		send(size, 'a');
		send(size, 'b');
		this.client.tryEmitComplete();
		String whole = "a".repeat(size) + "b".repeat(size);
		assertThat(read(body)).isEqualTo(whole);
		assertThat(read(body)).isEqualTo(whole);
		assertThat(body.isWhole()).isTrue();
		body.close();
	}

	@Test
	void aBodyOfExactlyTheLimitIsKeptAndAByteMoreIsNot() {
		KeptBody body = body(4_000);
		Reader reader = new Reader(body, Long.MAX_VALUE);
		send(2_000, 'a');
		send(2_000, 'b');
		assertThat(body.isWhole()).isTrue();
		assertThat(this.made.get(0).refCnt()).as("kept").isEqualTo(1);
		send(1, 'c');
		assertThat(body.isWhole()).isFalse();
		assertThat(this.made).as("let go of at once").allMatch((buffer) -> buffer.refCnt() == 0);
		assertThat(reader.text).hasToString("a".repeat(2_000) + "b".repeat(2_000) + "c");
		StepVerifier.create(body.read()).expectError(BodyGoneException.class).verify(PATIENCE);
		body.close();
	}

	@Test
	void manyTinyPiecesAreNotKeptSinceTheyCostMoreThanTheirBytes() {
		KeptBody body = body(1_024);
		Reader reader = new Reader(body, Long.MAX_VALUE);
		for (int index = 0; index < 20; index++) {
			send(1, 'x');
		}
		assertThat(body.isWhole()).isTrue();
		send(1, 'x');
		assertThat(body.isWhole()).isFalse();
		assertThat(reader.text).hasToString("x".repeat(21));
		body.close();
	}

	@Test
	void aReaderThatLeavesDoesNotStopTheClientAndTheNextOneGoesOn() {
		KeptBody body = body(10_000);
		Reader hasty = new Reader(body, Long.MAX_VALUE);
		send(2_000, 'a');
		hasty.cancel();
		send(2_000, 'b');
		assertThat(this.cancels).hasValue(0);
		Reader next = new Reader(body, Long.MAX_VALUE);
		send(2_000, 'c');
		this.client.tryEmitComplete();
		assertThat(hasty.text).hasToString("a".repeat(2_000));
		assertThat(next.text).hasToString("a".repeat(2_000) + "b".repeat(2_000) + "c".repeat(2_000));
		assertThat(next.ended).isTrue();
		body.close();
	}

	@Test
	void theClientIsAskedForNoMoreThanItsReadersTake() {
		KeptBody body = body(10_000);
		Reader first = new Reader(body, 2);
		assertThat(this.asked).hasValue(2);
		send(2_000, 'a');
		first.cancel();
		Reader second = new Reader(body, 1);
		assertThat(second.text).hasToString("a".repeat(2_000));
		second.request(1);
		assertThat(this.asked).as("asked for already").hasValue(2);
		second.request(1);
		assertThat(this.asked).hasValue(3);
		body.close();
		second.cancel();
	}

	@Test
	void aReaderThatTakesLittleLeavesNothingBehind() {
		KeptBody body = body(10_000);
		send(2_000, 'a');
		send(2_000, 'b');
		new Reader(body, 2).cancel();
		Reader slow = new Reader(body, 1);
		assertThat(slow.text).hasToString("a".repeat(2_000));
		slow.cancel();
		body.close();
		assertThat(this.cancels).hasValue(1);
	}

	@Test
	void whatIsForgottenIsReadToItsEndButNotAgain() {
		KeptBody body = body(10_000);
		Reader reader = new Reader(body, Long.MAX_VALUE);
		send(2_000, 'a');
		body.forget();
		assertThat(this.made.get(0).refCnt()).isZero();
		send(2_000, 'b');
		this.client.tryEmitComplete();
		assertThat(reader.text).hasToString("a".repeat(2_000) + "b".repeat(2_000));
		StepVerifier.create(body.read()).expectError(BodyGoneException.class).verify(PATIENCE);
		body.close();
		assertThat(this.cancels).hasValue(0);
	}

	@Test
	void aReaderThatLeavesAfterForgettingStopsTheClient() {
		KeptBody body = body(10_000);
		Reader reader = new Reader(body, Long.MAX_VALUE);
		body.forget();
		reader.cancel();
		assertThat(this.cancels).hasValue(1);
		body.close();
	}

	@Test
	void closingWithoutAReaderStopsTheClient() {
		KeptBody body = body(10_000);
		Reader reader = new Reader(body, Long.MAX_VALUE);
		send(2_000, 'a');
		reader.cancel();
		assertThat(this.cancels).hasValue(0);
		body.close();
		assertThat(this.cancels).hasValue(1);
	}

	@Test
	void aClientThatFailsFailsTheNextReaderTooAfterWhatItSent() {
		KeptBody body = body(10_000);
		Reader reader = new Reader(body, Long.MAX_VALUE);
		send(2_000, 'a');
		reader.cancel();
		this.client.tryEmitError(new IllegalStateException("gone"));
		StepVerifier.create(body.read().doOnNext(DataBufferUtils::release))
			.expectNextCount(1)
			.expectErrorMessage("gone")
			.verify(PATIENCE);
		body.close();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 5_999 })
	void whatCannotFitIsStreamedAndNotKept(long limit) {
		MockServerWebExchange exchange = exchange("6000");
		KeptBody body = KeptBody.of(exchange, DataSize.ofBytes(limit));
		assertThat(body.isWhole()).isFalse();
		send(6_000, 'a');
		this.client.tryEmitComplete();
		assertThat(read(body)).isEqualTo("a".repeat(6_000));
		body.close();
	}

	private KeptBody body(long limit) {
		return KeptBody.of(exchange("-1"), DataSize.ofBytes(limit));
	}

	private MockServerWebExchange exchange(String length) {
		Flux<DataBuffer> sent = this.client.asFlux()
			.doOnRequest((buffers) -> this.asked.accumulateAndGet(buffers, Long::sum))
			.doOnCancel(this.cancels::incrementAndGet);
		return MockServerWebExchange.from(MockServerHttpRequest.post("/").header("Content-Length", length).body(sent));
	}

	private void send(int size, char letter) {
		ByteBuf buffer = this.factory.getByteBufAllocator().heapBuffer(size);
		buffer.writeCharSequence(String.valueOf(letter).repeat(size), StandardCharsets.US_ASCII);
		this.made.add(buffer);
		assertThat(this.client.tryEmitNext(this.factory.wrap(buffer))).isEqualTo(Sinks.EmitResult.OK);
	}

	private static String read(KeptBody body) {
		Reader reader = new Reader(body, Long.MAX_VALUE);
		assertThat(reader.ended).isTrue();
		return reader.text.toString();
	}

	/** Takes as much as it asks for, and releases it. */
	private static final class Reader extends BaseSubscriber<DataBuffer> {

		private final StringBuilder text = new StringBuilder();

		private final long first;

		private boolean ended;

		Reader(KeptBody body, long first) {
			this.first = first;
			body.read().subscribe(this);
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(this.first);
		}

		@Override
		protected void hookOnNext(DataBuffer buffer) {
			this.text.append(buffer.toString(StandardCharsets.US_ASCII));
			DataBufferUtils.release(buffer);
		}

		@Override
		protected void hookOnComplete() {
			this.ended = true;
		}

	}

}
