package dev.mcpbridge.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.mcpbridge.simulator.SettableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What every relay does.
 */
public abstract class RelayContract {

	protected static final Duration PATIENCE = Duration.ofSeconds(30);

	protected static final Duration LIFETIME = Duration.ofSeconds(60);

	/** A thousand bytes for each channel. */
	protected static final RelayLimits LIMITS = new RelayLimits(DataSize.ofBytes(1000), Duration.ofMinutes(5),
			LIFETIME);

	protected final SettableClock clock = SettableClock.standingAt(Instant.parse("2026-08-22T12:00:00Z"));

	protected final String channel = UUID.randomUUID().toString();

	private final Relay relay = relay(LIMITS);

	/**
	 * Makes a relay.
	 * @param limits its limits
	 * @return the relay
	 */
	protected abstract Relay relay(RelayLimits limits);

	/**
	 * Returns another door to the same relay, as another replica has one.
	 * @return the relay
	 */
	protected Relay other() {
		return this.relay;
	}

	/**
	 * Lets time pass for the relay.
	 * @param time how much
	 */
	protected void elapse(Duration time) {
		this.clock.advance(time);
	}

	@Test
	void aChannelNobodyOpenedIsNotThere() {
		assertThat(get(this.relay.keep(this.channel))).isFalse();
		assertThat(get(this.relay.note(this.channel))).isNull();
		assertThat(get(this.relay.note(this.channel, "note"))).isFalse();
		assertThat(get(this.relay.append(this.channel, "topic", "one"))).isNull();
		assertThat(get(this.relay.end(this.channel))).isNull();
		get(this.relay.close(this.channel));
		assertThat(contents(this.relay.follow(this.channel, null))).isEmpty();
		assertThat(contents(this.relay.follow(this.channel, "7-0"))).isEmpty();
		assertThat(get(this.relay.note(this.channel))).isNull();
	}

	@Test
	void everyReplicaReadsTheNote() {
		open();
		assertThat(get(other().note(this.channel))).isEqualTo("note");
		assertThat(get(other().note(this.channel, "anöther €"))).isTrue();
		assertThat(get(this.relay.note(this.channel))).isEqualTo("anöther €");
	}

	@Test
	void aNameIsGoodOnce() {
		open();
		assertThatThrownBy(() -> get(other().open(this.channel, "mine"))).isInstanceOf(IllegalStateException.class)
			.hasMessageNotContaining(this.channel);
		assertThat(get(this.relay.note(this.channel))).isEqualTo("note");
	}

	@Test
	void whatIsLeftIsFoundInOrder() {
		open();
		append("one", "two");
		StepVerifier.create(other().follow(this.channel, null).map(RelayEntry::content))
			.expectNext("one", "two")
			.then(() -> append("three"))
			.expectNext("three")
			.then(() -> append("four", "five"))
			.expectNext("four", "five")
			.then(() -> get(this.relay.close(this.channel)))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void anEntryIsReadAsItWasLeft() {
		open();
		String position = get(this.relay.append(this.channel, "7:\"a\nb\"", "{\"text\":\"\0 ü € 😀 \\n\"}\n"));
		get(this.relay.append(this.channel, "", ""));
		get(this.relay.close(this.channel));
		StepVerifier.create(other().follow(this.channel, null))
			.expectNext(
					new RelayEntry(Objects.requireNonNull(position), "7:\"a\nb\"", "{\"text\":\"\0 ü € 😀 \\n\"}\n"))
			.assertNext((entry) -> assertThat(entry.topic() + entry.content()).isEmpty())
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aReaderGoesOnWhereItWas() {
		open();
		List<String> positions = append("one", "two", "three");
		get(this.relay.close(this.channel));
		assertThat(contents(other().follow(this.channel, positions.get(0)))).containsExactly("two", "three");
		assertThat(contents(other().follow(this.channel, positions.get(2)))).isEmpty();
	}

	@Test
	void positionsGrowAndAreSafeInAUrl() {
		open();
		List<String> positions = append(IntStream.range(0, 20).mapToObj(Integer::toString).toArray(String[]::new));
		assertThat(positions).doesNotHaveDuplicates().allMatch((position) -> position.matches("[0-9-]{3,40}"));
		assertThat(positions.stream().map(RelayPosition::parse)).isSorted();
	}

	@Test
	void theEndIsWhereTheNextEntryIsAwaited() {
		open();
		String beginning = get(this.relay.end(this.channel));
		append("one");
		String end = get(other().end(this.channel));
		append("two");
		get(this.relay.close(this.channel));
		assertThat(contents(other().follow(this.channel, beginning))).containsExactly("one", "two");
		assertThat(contents(other().follow(this.channel, end))).containsExactly("two");
	}

	@Test
	void eachReaderIsAtAPlaceOfItsOwn() {
		open();
		String one = append("one").get(0);
		Mono<List<String>> first = other().follow(this.channel, null).map(RelayEntry::content).collectList();
		Mono<List<String>> second = this.relay.follow(this.channel, one).map(RelayEntry::content).collectList();
		Mono<List<String>> third = other().follow(this.channel, one).map(RelayEntry::content).take(1).collectList();
		StepVerifier.create(Mono.zip(first, second, third).map((lists) -> lists.toList().toString()))
			.then(() -> append("two", "three"))
			.then(() -> get(this.relay.close(this.channel)))
			.expectNext("[[one, two, three], [two, three], [two]]")
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aReaderGetsNoMoreThanItAsksFor() {
		open();
		append("one", "two", "three");
		StepVerifier.create(other().follow(this.channel, null).map(RelayEntry::content), 0)
			.expectSubscription()
			.thenRequest(1)
			.expectNext("one")
			.thenRequest(1)
			.expectNext("two")
			.then(() -> append("four"))
			.then(() -> get(this.relay.close(this.channel)))
			.thenRequest(5)
			.expectNext("three", "four")
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aSlowReaderIsToldThatItMissedSomething() {
		open();
		append("begin");
		StepVerifier.create(other().follow(this.channel, null).map(RelayEntry::content), 0)
			.thenRequest(1)
			.expectNext("begin")
			.then(() -> append(big(20)))
			.thenRequest(Long.MAX_VALUE)
			.thenConsumeWhile((content) -> true)
			.expectError(RelayOverrunException.class)
			.verify(PATIENCE);
	}

	@Test
	void aReaderWhoComesTooLateIsToldSo() {
		open();
		List<String> positions = append(big(15));
		get(this.relay.close(this.channel));
		assertThatThrownBy(() -> contents(other().follow(this.channel, positions.get(0))))
			.isInstanceOf(RelayOverrunException.class);
		assertThatThrownBy(() -> contents(other().follow(this.channel, "0-0")))
			.isInstanceOf(RelayOverrunException.class);
		assertThat(contents(other().follow(this.channel, positions.get(4)))).hasSize(10);
		assertThat(contents(other().follow(this.channel, null))).hasSize(10);
	}

	@Test
	void aPositionOfAnotherChannelIsToldFromOnesOwn() {
		open();
		append("one");
		assertThatThrownBy(() -> contents(other().follow(this.channel, "99999999999999-0")))
			.isInstanceOf(RelayOverrunException.class);
		assertThatThrownBy(() -> contents(other().follow(this.channel, "<script>")))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageNotContaining("script");
	}

	@Test
	void whatFitsNowhereIsRefused() {
		open();
		assertThat(get(this.relay.append(this.channel, "t", "x".repeat(999)))).isNotNull();
		assertThatThrownBy(() -> get(this.relay.append(this.channel, "t", "x".repeat(1000))))
			.isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> get(this.relay.append(this.channel, "t", "€".repeat(334))))
			.isInstanceOf(IllegalArgumentException.class);
		get(this.relay.close(this.channel));
		assertThat(contents(other().follow(this.channel, null))).containsExactly("x".repeat(999));
	}

	@Test
	void aClosedChannelTakesNothing() {
		open();
		append("one");
		get(other().close(this.channel));
		assertThat(get(this.relay.append(this.channel, "topic", "two"))).isNull();
		assertThat(get(this.relay.keep(this.channel))).isFalse();
		assertThat(get(this.relay.note(this.channel))).isNull();
		assertThat(get(this.relay.note(this.channel, "note"))).isFalse();
		assertThat(get(this.relay.end(this.channel))).isNull();
		assertThat(contents(this.relay.follow(this.channel, null))).containsExactly("one");
		get(this.relay.close(this.channel));
	}

	@Test
	void aReaderOfAChannelThatLapsesIsTold() {
		open();
		append("one");
		StepVerifier.create(other().follow(this.channel, null).map(RelayEntry::content))
			.expectNext("one")
			.then(() -> elapse(LIFETIME))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(get(this.relay.append(this.channel, "topic", "two"))).isNull();
	}

	@Test
	void aChannelThatIsKeptIsOpen() {
		open();
		for (int time = 0; time < 5; time++) {
			elapse(LIFETIME.minusSeconds(20));
			assertThat(get(other().keep(this.channel))).isTrue();
		}
		append("one");
		elapse(LIFETIME);
		assertThat(get(this.relay.keep(this.channel))).isFalse();
		assertThat(contents(this.relay.follow(this.channel, null))).containsExactly("one");
		elapse(LIFETIME);
		assertThat(contents(this.relay.follow(this.channel, null))).isEmpty();
	}

	@Test
	void whatManyLeaveAtOnceIsReadByAllInOneOrder() {
		open();
		Flux<String> leaving = Flux.range(0, 100)
			.flatMap((number) -> ((number % 2 == 0) ? this.relay : other())
				.append(this.channel, "", Integer.toString(number))
				.subscribeOn(Schedulers.boundedElastic()), 8);
		Mono<List<String>> first = this.relay.follow(this.channel, null).map(RelayEntry::content).collectList();
		Mono<List<String>> second = other().follow(this.channel, null).map(RelayEntry::content).collectList();
		StepVerifier.create(Mono.zip(first, second, leaving.then(this.relay.close(this.channel)).thenReturn(true)))
			.assertNext((read) -> {
				assertThat(read.getT1()).isEqualTo(read.getT2()).doesNotHaveDuplicates().hasSize(100);
			})
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void whoStopsReadingIsForgotten() {
		open();
		StepVerifier.create(other().follow(this.channel, null))
			.then(() -> append("one"))
			.expectNextCount(1)
			.thenCancel()
			.verify(PATIENCE);
		append("two");
		get(this.relay.close(this.channel));
	}

	protected final void open() {
		get(this.relay.open(this.channel, "note"));
	}

	protected final List<String> append(String... contents) {
		return Flux.fromArray(contents)
			.concatMap((content) -> this.relay.append(this.channel, "", content))
			.collectList()
			.blockOptional(PATIENCE)
			.orElseThrow();
	}

	protected static List<String> contents(Flux<RelayEntry> entries) {
		return entries.map(RelayEntry::content).collectList().blockOptional(PATIENCE).orElseThrow();
	}

	protected static <T> @Nullable T get(Mono<T> answer) {
		return answer.block(PATIENCE);
	}

	private static String[] big(int count) {
		return IntStream.range(0, count).mapToObj((number) -> "%0100d".formatted(number)).toArray(String[]::new);
	}

}
