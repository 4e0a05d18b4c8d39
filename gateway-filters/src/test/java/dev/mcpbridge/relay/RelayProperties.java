package dev.mcpbridge.relay;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However leaving, following and asking alternate, each reader gets what was left after
 * its place, in order, and never more than it asked for.
 */
class RelayProperties {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final RelayLimits LIMITS = new RelayLimits(DataSize.ofMegabytes(4), Duration.ofMinutes(5),
			Duration.ofSeconds(30));

	private final Relay relay = new MemoryRelay(LIMITS, 10_000, InstantSource.system());

	private int channels;

	@Property(tries = 500)
	void eachReaderGetsWhatWasLeftAfterItsPlaceInOrder(@ForAll("steps") List<Step> steps) {
		String channel = "channel " + this.channels++;
		this.relay.open(channel, "").block(PATIENCE);
		List<String> positions = new ArrayList<>();
		List<Reader> readers = new ArrayList<>();
		for (Step step : steps) {
			switch (step.kind()) {
				case APPEND ->
					positions.add(this.relay.append(channel, "", Integer.toString(positions.size())).block(PATIENCE));
				case FOLLOW -> readers.add(follow(channel, positions, step.number()));
				case ASK -> readers.stream()
					.skip(step.number() % Math.max(1, readers.size()))
					.findFirst()
					.ifPresent((reader) -> reader.ask(1 + step.number() % 3));
			}
			assertThat(readers).allSatisfy((reader) -> reader.hasWhatItAskedFor(positions.size()));
		}
		this.relay.close(channel).block(PATIENCE);
		readers.forEach((reader) -> reader.ask(positions.size() + 1));
		assertThat(readers).allSatisfy((reader) -> {
			reader.hasWhatItAskedFor(positions.size());
			assertThat(reader.isDisposed()).as("has ended").isTrue();
		});
	}

	@Provide
	Arbitrary<List<Step>> steps() {
		Arbitrary<Kind> kinds = Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.just(Kind.APPEND)),
				Tuple.of(2, Arbitraries.just(Kind.FOLLOW)), Tuple.of(5, Arbitraries.just(Kind.ASK)));
		return Combinators.combine(kinds, Arbitraries.integers().between(0, 100)).as(Step::new).list().ofMaxSize(200);
	}

	/** Begins at the oldest, or after one of those there are. */
	private Reader follow(String channel, List<String> positions, int number) {
		int first = number % (positions.size() + 1);
		Reader reader = new Reader(first);
		this.relay.follow(channel, (first > 0) ? positions.get(first - 1) : null).subscribe(reader);
		return reader;
	}

	enum Kind {

		APPEND, FOLLOW, ASK

	}

	record Step(Kind kind, int number) {

	}

	/** Asks for what it is told to ask for. */
	private static final class Reader extends BaseSubscriber<RelayEntry> {

		private final int first;

		private final List<String> read = new ArrayList<>();

		private int asked;

		Reader(int first) {
			this.first = first;
		}

		void ask(int count) {
			this.asked += count;
			request(count);
		}

		void hasWhatItAskedFor(int left) {
			int expected = Math.min(this.asked, left - this.first);
			assertThat(this.read).containsExactlyElementsOf(
					IntStream.range(this.first, this.first + expected).mapToObj(Integer::toString).toList());
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// asks later
		}

		@Override
		protected void hookOnNext(RelayEntry entry) {
			this.read.add(entry.content());
		}

	}

}
