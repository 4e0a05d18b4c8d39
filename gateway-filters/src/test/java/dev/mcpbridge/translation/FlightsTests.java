package dev.mcpbridge.translation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

class FlightsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

	private final Flights flights = new Flights();

	private final AtomicBoolean landed = new AtomicBoolean();

	private final AtomicBoolean cutOff = new AtomicBoolean();

	@AfterEach
	void realTime() {
		VirtualTimeScheduler.reset();
	}

	@Test
	void whatIsUnderWayIsWaitedFor() {
		Sinks.Empty<Void> work = Sinks.empty();
		this.flights.launch(work.asMono().doOnCancel(() -> this.cutOff.set(true)));
		this.flights.whenLanded(PATIENCE, () -> this.landed.set(true));
		this.time.advanceTimeBy(PATIENCE.dividedBy(2));
		assertThat(this.landed).isFalse();
		work.tryEmitEmpty().orThrow();
		this.time.advanceTimeBy(PATIENCE.dividedBy(4));
		assertThat(this.landed).isTrue();
		assertThat(this.cutOff).isFalse();
	}

	@Test
	void whatTakesTooLongIsCutOff() {
		this.flights.launch(Mono.<Void>never().doOnCancel(() -> this.cutOff.set(true)));
		this.flights.whenLanded(PATIENCE, () -> this.landed.set(true));
		this.time.advanceTimeBy(PATIENCE);
		assertThat(this.landed).isTrue();
		assertThat(this.cutOff).isTrue();
		assertThat(this.flights.underWay()).isZero();
	}

	@Test
	void whatWouldGoOnForEverSaysFarewellFirst() {
		Sinks.Empty<Void> farewell = Sinks.empty();
		this.flights.launch(this.flights.end().then(farewell.asMono()));
		this.flights.whenLanded(PATIENCE, () -> this.landed.set(true));
		this.time.advanceTimeBy(PATIENCE.dividedBy(2));
		assertThat(this.landed).isFalse();
		farewell.tryEmitEmpty().orThrow();
		this.time.advanceTimeBy(PATIENCE.dividedBy(4));
		assertThat(this.landed).isTrue();
	}

	@Test
	void whoeverWaitsMayLeave() {
		Sinks.Empty<Void> work = Sinks.empty();
		StepVerifier.create(this.flights.<String>launch((told) -> work.asMono())).thenCancel().verify(PATIENCE);
		assertThat(this.flights.underWay()).isEqualTo(1);
		assertThat(work.currentSubscriberCount()).isEqualTo(1);
	}

	@Test
	void theWorkIsDoneInTheContextOfWhoeverWaits() {
		StepVerifier.create(this.flights
			.<String>launch((told) -> Mono
				.deferContextual((context) -> Mono.fromRunnable(() -> told.tryEmitValue(context.get("who")))))
			.contextWrite(Context.of("who", "me"))).expectNext("me").expectComplete().verify(PATIENCE);
	}

	@Test
	void aFailureBeforeAWordIsTold() {
		StepVerifier.create(this.flights.<String>launch((told) -> Mono.error(new IllegalStateException("expected"))))
			.expectError(IllegalStateException.class)
			.verify(PATIENCE);
	}

}
