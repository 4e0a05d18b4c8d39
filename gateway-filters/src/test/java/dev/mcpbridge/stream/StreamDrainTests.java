package dev.mcpbridge.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

class StreamDrainTests {

	private static final Duration DEADLINE = Duration.ofSeconds(20);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final StreamDrain drain = new StreamDrain(DEADLINE, this.time);

	private final List<String> heard = new ArrayList<>();

	/** One of a gateway that goes on. */
	static StreamDrain idle() {
		return new StreamDrain(Duration.ZERO, VirtualTimeScheduler.create());
	}

	@Test
	void withoutStreamsItIsOverAtOnce() {
		assertThat(this.drain.hasBegun()).isFalse();
		begin();
		assertThat(this.drain.hasBegun()).isTrue();
		assertThat(this.heard).containsExactly("over");
	}

	@Test
	void streamsHaveUntilTheDeadlineAndEndOneByOneTheOldestFirst() {
		open("first");
		open("second");
		open("third");
		open("fourth");
		open("fifth");
		begin();
		advance(DEADLINE.minusMillis(1));
		assertThat(this.heard).isEmpty();
		advance(Duration.ofMillis(1));
		assertThat(this.heard).containsExactly("first");
		advance(Duration.ofSeconds(2));
		assertThat(this.heard).containsExactly("first", "second", "third");
		advance(Duration.ofSeconds(2));
		assertThat(this.heard).containsExactly("first", "second", "third", "fourth", "fifth", "over");
		assertThat(StreamDrain.longest(DEADLINE)).isGreaterThanOrEqualTo(DEADLINE.plusSeconds(4));
	}

	@Test
	void whenTheLastStreamEndsByItselfItIsOver() {
		StandingStream first = this.drain.enter();
		StandingStream second = this.drain.enter();
		this.drain.leave(first);
		begin();
		assertThat(this.heard).isEmpty();
		this.drain.leave(second);
		assertThat(this.heard).containsExactly("over");
		advance(DEADLINE.multipliedBy(2));
		assertThat(this.heard).containsExactly("over");
	}

	@Test
	void oneThatOpensBeforeTheDeadlineEndsWithTheOthers() {
		open("first");
		begin();
		advance(Duration.ofSeconds(1));
		open("late");
		advance(DEADLINE);
		assertThat(this.heard).containsExactly("first");
		advance(DEADLINE);
		assertThat(this.heard).containsExactly("first", "late", "over");
	}

	@Test
	void oneThatOpensAfterItIsEndedAtOnce() {
		begin();
		open("late");
		assertThat(this.heard).containsExactly("over", "late");
	}

	@Test
	void oneThatOpensWhileOthersAreBeingEndedIsEndedAtOnce() {
		open("first");
		open("second");
		begin();
		advance(DEADLINE);
		open("late");
		assertThat(this.heard).containsExactly("first", "late");
	}

	@Test
	void withoutADeadlineAllEndAtOnce() {
		StreamDrain drain = new StreamDrain(Duration.ZERO, this.time);
		List.of("first", "second").forEach((name) -> open(drain, name));
		drain.begin(() -> this.heard.add("over"));
		advance(Duration.ofNanos(1));
		assertThat(this.heard).containsExactly("first", "second", "over");
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, PT1S", "PT4S, PT6S", "PT20S, PT26S", "PT60S, PT66S" })
	void itTakesTheDeadlineAQuarterOfItAndAMoment(Duration deadline, Duration longest) {
		assertThat(StreamDrain.longest(deadline)).isEqualTo(longest);
	}

	private void begin() {
		this.drain.begin(() -> this.heard.add("over"));
	}

	private void open(String name) {
		open(this.drain, name);
	}

	private void open(StreamDrain drain, String name) {
		StandingStream stream = drain.enter();
		stream.over(Flux.never()).doFinally((end) -> {
			assertThat(end).isEqualTo(SignalType.ON_COMPLETE);
			this.heard.add(name);
			drain.leave(stream);
		}).subscribe();
	}

	private void advance(Duration by) {
		this.time.advanceTimeBy(by);
	}

}
