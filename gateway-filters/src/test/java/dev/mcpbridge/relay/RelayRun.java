package dev.mcpbridge.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One channel in which leaving, following and asking alternate.
 */
public final class RelayRun {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Relay relay;

	private final String channel;

	private final List<String> positions = new ArrayList<>();

	private final List<Reader> readers = new ArrayList<>();

	/**
	 * Opens the channel.
	 * @param relay the relay
	 * @param channel a new name
	 */
	public RelayRun(Relay relay, String channel) {
		this.relay = relay;
		this.channel = channel;
		relay.open(channel, "").block(PATIENCE);
	}

	/**
	 * Makes any steps.
	 * @param most how many at most
	 * @return the steps
	 */
	public static Arbitrary<List<Step>> steps(int most) {
		Arbitrary<Kind> kinds = Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.just(Kind.APPEND)),
				Tuple.of(2, Arbitraries.just(Kind.FOLLOW)), Tuple.of(5, Arbitraries.just(Kind.ASK)));
		return Combinators.combine(kinds, Arbitraries.integers().between(0, 100)).as(Step::new).list().ofMaxSize(most);
	}

	/**
	 * Makes a step.
	 * @param step the step
	 */
	public void take(Step step) {
		switch (step.kind()) {
			case APPEND -> append();
			case FOLLOW -> follow(step.number());
			case ASK -> this.readers.stream()
				.skip(step.number() % Math.max(1, this.readers.size()))
				.findFirst()
				.ifPresent((reader) -> reader.ask(1 + step.number() % 3));
		}
		assertThat(this.readers).allSatisfy(Reader::hasNoMoreThanItAskedFor);
	}

	/** Each reader has got at once what it asked for, as far as it is there. */
	void hasDeliveredWhatWasAskedFor() {
		assertThat(this.readers)
			.allSatisfy((reader) -> assertThat(reader.read).hasSize(reader.due(this.positions.size())));
	}

	/** Closes the channel; each reader reads to the end of what was left. */
	public void end() {
		this.relay.close(this.channel).block(PATIENCE);
		this.readers.forEach((reader) -> reader.ask(this.positions.size() + 1));
		assertThat(this.readers).allSatisfy((reader) -> reader.hasReadToTheEnd(this.positions.size()));
	}

	private void append() {
		String position = this.relay.append(this.channel, "", Integer.toString(this.positions.size())).block(PATIENCE);
		assertThat(position).isNotNull();
		this.positions.add(String.valueOf(position));
	}

	/** Begins at the oldest, or after one of those there are. */
	private void follow(int number) {
		int first = number % (this.positions.size() + 1);
		Reader reader = new Reader(first);
		this.relay.follow(this.channel, (first > 0) ? this.positions.get(first - 1) : null).subscribe(reader);
		this.readers.add(reader);
	}

	enum Kind {

		APPEND, FOLLOW, ASK

	}

	/**
	 * What is done next.
	 *
	 * @param kind what
	 * @param number where, or how often
	 */
	public record Step(Kind kind, int number) {

	}

	/** Asks for what it is told to ask for. */
	private static final class Reader extends BaseSubscriber<RelayEntry> {

		private final int first;

		private final List<String> read = new CopyOnWriteArrayList<>();

		private final CountDownLatch ended = new CountDownLatch(1);

		private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

		private int asked;

		Reader(int first) {
			this.first = first;
		}

		void ask(int count) {
			this.asked += count;
			request(count);
		}

		int due(int left) {
			return Math.min(this.asked, left - this.first);
		}

		void hasNoMoreThanItAskedFor() {
			assertThat(this.read).hasSizeLessThanOrEqualTo(this.asked);
		}

		void hasReadToTheEnd(int left) throws InterruptedException {
			assertThat(this.ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("has ended").isTrue();
			assertThat(this.failure.get()).isNull();
			assertThat(this.read)
				.containsExactlyElementsOf(IntStream.range(this.first, left).mapToObj(Integer::toString).toList());
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// asks later
		}

		@Override
		protected void hookOnNext(RelayEntry entry) {
			this.read.add(entry.content());
		}

		@Override
		protected void hookOnError(Throwable failure) {
			this.failure.set(failure);
		}

		@Override
		protected void hookFinally(SignalType type) {
			this.ended.countDown();
		}

	}

}
