package dev.mcpbridge.relay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * When readers look, and when they rest.
 */
class RelayReadersTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration HOUR = Duration.ofHours(1);

	private final RelayReaders readers = new RelayReaders(HOUR);

	private final Queue<RelayEntry> left = new ArrayDeque<>();

	private Duration open = HOUR.multipliedBy(2);

	private Runnable whileLooking = () -> {
	};

	@Test
	void whoIsWokenLooksAgain() {
		StepVerifier.create(read("a"))
			.expectSubscription()
			.then(() -> leave(1))
			.then(() -> this.readers.wake("a"))
			.expectNext(entry(1))
			.then(() -> leave(2))
			.then(this.readers::wakeAll)
			.expectNext(entry(2))
			.thenCancel()
			.verify(PATIENCE);
	}

	@Test
	void whoIsWokenWhileLookingLooksOnceMore() {
		this.whileLooking = () -> {
			this.whileLooking = () -> {
			};
			leave(1);
			this.readers.wake("a");
		};
		StepVerifier.create(read("a")).expectNext(entry(1)).thenCancel().verify(PATIENCE);
	}

	@Test
	void whoIsNotWokenLooksAfterThePause() {
		StepVerifier.withVirtualTime(() -> read("a"))
			.expectSubscription()
			.then(() -> leave(1))
			.then(() -> this.readers.wake("b"))
			.expectNoEvent(HOUR.minusSeconds(1))
			.thenAwait(Duration.ofSeconds(1))
			.expectNext(entry(1))
			.thenCancel()
			.verify(PATIENCE);
	}

	@Test
	void whoReadsAChannelThatMayEndLooksThen() {
		this.open = Duration.ofSeconds(7);
		StepVerifier.withVirtualTime(() -> read("a"))
			.expectSubscription()
			.then(() -> this.open = Duration.ZERO)
			.expectNoEvent(Duration.ofSeconds(6))
			.thenAwait(Duration.ofSeconds(1))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void whatWasLeftBeforeTheEndIsRead() {
		this.open = Duration.ZERO;
		leave(1);
		leave(2);
		StepVerifier.create(read("a")).expectNext(entry(1), entry(2)).expectComplete().verify(PATIENCE);
	}

	/** Each look finds one entry. */
	private Flux<RelayEntry> read(String channel) {
		return this.readers.read(channel, null, this::look);
	}

	private Mono<RelayBatch> look(@Nullable RelayPosition after) {
		return Mono.fromSupplier(() -> {
			RelayEntry next = this.left.poll();
			RelayBatch found = (next != null)
					? new RelayBatch(List.of(next), RelayPosition.parse(next.position()), this.open)
					: new RelayBatch(List.of(), RelayPosition.BEGINNING, this.open);
			this.whileLooking.run();
			return found;
		});
	}

	private void leave(int number) {
		this.left.add(entry(number));
	}

	private static RelayEntry entry(int number) {
		return new RelayEntry(number + "-0", "topic", "content");
	}

}
