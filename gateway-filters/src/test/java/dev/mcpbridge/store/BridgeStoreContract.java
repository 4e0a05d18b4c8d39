package dev.mcpbridge.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

import dev.mcpbridge.simulator.SettableClock;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every store does.
 */
abstract class BridgeStoreContract {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration HOUR = Duration.ofHours(1);

	final SettableClock clock = SettableClock.standingAt(Instant.parse("2026-08-22T12:00:00Z"));

	private final BridgeStore store = store(this.clock);

	private final String key = "key:" + UUID.randomUUID();

	/**
	 * Makes an empty store.
	 * @param clock tells when entries end
	 * @return the store
	 */
	abstract BridgeStore store(SettableClock clock);

	/**
	 * Lets time pass for the store.
	 * @param time how much
	 */
	void elapse(Duration time) {
		this.clock.advance(time);
	}

	@Test
	void findsNothingUnderAKeyNobodyWrote() {
		expect(this.store.find(this.key));
		expect(this.store.take(this.key));
	}

	@Test
	void findsWhatWasWritten() {
		expect(this.store.replace(this.key, 0, "one", HOUR), true);
		expect(this.store.find(this.key), new StoredValue("one", 1));
		expect(this.store.find(this.key + "2"));
	}

	@Test
	void generationsGrowByOne() {
		for (int generation = 0; generation < 5; generation++) {
			expect(this.store.replace(this.key, generation, "value " + generation, HOUR), true);
		}
		expect(this.store.find(this.key), new StoredValue("value 4", 5));
	}

	@Test
	void aWriterWhoReadAnotherGenerationChangesNothing() {
		expect(this.store.replace(this.key, 1, "too early", HOUR), false);
		expect(this.store.find(this.key));
		expect(this.store.replace(this.key, 0, "one", HOUR), true);
		expect(this.store.replace(this.key, 0, "again", HOUR), false);
		expect(this.store.replace(this.key, 2, "too far", HOUR), false);
		expect(this.store.replace(this.key, 1, "two", HOUR), true);
		expect(this.store.replace(this.key, 1, "too late", HOUR), false);
		expect(this.store.find(this.key), new StoredValue("two", 2));
	}

	@Test
	void aWriterMayChooseTheGeneration() {
		expect(this.store.replace(this.key, 0, new StoredValue("brought back", 7), HOUR), true);
		expect(this.store.replace(this.key, 0, new StoredValue("again", 7), HOUR), false);
		expect(this.store.replace(this.key, 7, new StoredValue("sealed again", 7), HOUR), true);
		expect(this.store.find(this.key), new StoredValue("sealed again", 7));
		expect(this.store.replace(this.key, 7, "next", HOUR), true);
		expect(this.store.find(this.key), new StoredValue("next", 8));
	}

	@Test
	void listsTheKeysOfAKind() {
		String kind = "kind" + UUID.randomUUID();
		expect(Flux.range(0, 2499).flatMap((number) -> this.store.put(kind + ":" + number, "value", HOUR)).then());
		expect(this.store.put(kind + ":over", "value", Duration.ofSeconds(1)));
		expect(this.store.put(kind + "2:other", "value", HOUR));
		expect(this.store.lease(kind + ":1", HOUR), new Lease(kind + ":1", 1));
		elapse(Duration.ofSeconds(2));
		assertThat(this.store.keys(kind).collectList().block(PATIENCE)).hasSize(2499)
			.doesNotHaveDuplicates()
			.contains(kind + ":0", kind + ":2498");
	}

	@Test
	void nothingHappensBeforeSubscription() {
		Mono<Boolean> write = this.store.replace(this.key, 0, "one", HOUR);
		expect(this.store.find(this.key));
		expect(write, true);
		Mono<StoredValue> take = this.store.take(this.key);
		expect(this.store.find(this.key), new StoredValue("one", 1));
		expect(take, new StoredValue("one", 1));
	}

	@Test
	void isTakenOnce() {
		expect(this.store.replace(this.key, 0, "one", HOUR), true);
		expect(this.store.take(this.key), new StoredValue("one", 1));
		expect(this.store.take(this.key));
		expect(this.store.find(this.key));
		expect(this.store.replace(this.key, 1, "two", HOUR), false);
		expect(this.store.replace(this.key, 0, "anew", HOUR), true);
		expect(this.store.find(this.key), new StoredValue("anew", 1));
	}

	@Test
	void anEntryEndsWithItsTime() {
		expect(this.store.replace(this.key, 0, "one", HOUR), true);
		elapse(HOUR.minusSeconds(1));
		expect(this.store.find(this.key), new StoredValue("one", 1));
		elapse(Duration.ofSeconds(2));
		expect(this.store.find(this.key));
		expect(this.store.take(this.key));
		expect(this.store.replace(this.key, 1, "two", HOUR), false);
		expect(this.store.replace(this.key, 0, "anew", HOUR), true);
		expect(this.store.find(this.key), new StoredValue("anew", 1));
	}

	@Test
	void writingAgainStartsItsTimeAgainButReadingDoesNot() {
		expect(this.store.replace(this.key, 0, "one", HOUR), true);
		elapse(Duration.ofMinutes(50));
		expect(this.store.replace(this.key, 1, "two", HOUR), true);
		elapse(Duration.ofMinutes(50));
		expect(this.store.find(this.key), new StoredValue("two", 2));
		expect(this.store.replace(this.key, 1, "refused", HOUR), false);
		elapse(Duration.ofMinutes(11));
		expect(this.store.find(this.key));
	}

	@Test
	void ofAHundredWritersAtOnceOneWins() {
		for (int generation = 0; generation < 20; generation++) {
			int expected = generation;
			List<Boolean> written = atOnce((writer) -> this.store.replace(this.key, expected, "by " + writer, HOUR));
			assertThat(written).filteredOn(Boolean::booleanValue).hasSize(1);
		}
		StepVerifier.create(this.store.find(this.key).map(StoredValue::generation))
			.expectNext(20L)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void ofAHundredTakersAtOnceOneGetsIt() {
		expect(this.store.replace(this.key, 0, "one", HOUR), true);
		assertThat(atOnce((taker) -> this.store.take(this.key))).containsExactly(new StoredValue("one", 1));
	}

	@Test
	void aPutReplacesWhateverWasThere() {
		expectEnd(this.store.put(this.key, "one", HOUR));
		expect(this.store.find(this.key), new StoredValue("one", 1));
		expectEnd(this.store.put(this.key, "two", HOUR));
		expect(this.store.find(this.key), new StoredValue("two", 2));
		elapse(HOUR.plusSeconds(1));
		expectEnd(this.store.put(this.key, "anew", HOUR));
		expect(this.store.find(this.key), new StoredValue("anew", 1));
	}

	@Test
	void aLeaseThatWasGivenBackIsFreeEvenIfTheClockIsPutBack() {
		Lease first = lease();
		expectEnd(this.store.release(first));
		elapse(HOUR.negated());
		assertThat(lease().fence()).isGreaterThan(first.fence());
	}

	@Test
	void aLeaseIsOneHoldersUntilItIsGivenBack() {
		Lease first = lease();
		expect(this.store.lease(this.key, HOUR));
		expectEnd(this.store.release(first));
		Lease second = lease();
		assertThat(second.fence()).isGreaterThan(first.fence());
		expectEnd(this.store.release(first));
		expect(this.store.lease(this.key, HOUR));
		expectEnd(this.store.release(second));
	}

	@Test
	void aLeaseOfAHolderThatDiedEndsByItself() {
		Lease dead = lease();
		elapse(HOUR.plusSeconds(1));
		Lease next = lease();
		assertThat(next.fence()).isGreaterThan(dead.fence());
		expectEnd(this.store.release(dead));
		expect(this.store.lease(this.key, HOUR));
	}

	@Test
	void aLeaseAndAnEntryOfOneKeyAreTwoThings() {
		lease();
		expect(this.store.find(this.key));
		expect(this.store.replace(this.key, 0, "one", HOUR), true);
		expect(this.store.find(this.key), new StoredValue("one", 1));
	}

	@Test
	void ofAHundredWhoWantALeaseOneGetsIt() {
		assertThat(atOnce((holder) -> this.store.lease(this.key, HOUR))).hasSize(1);
	}

	@Test
	void keepsALongValueWhole() {
		String value = "x".repeat(256 * 1024);
		expect(this.store.replace(this.key, 0, value, HOUR), true);
		expect(this.store.find(this.key), new StoredValue(value, 1));
	}

	private Lease lease() {
		return this.store.lease(this.key, HOUR).blockOptional(PATIENCE).orElseThrow();
	}

	private static void expectEnd(Mono<Void> end) {
		StepVerifier.create(end).expectComplete().verify(PATIENCE);
	}

	private static <T> List<T> atOnce(IntFunction<Mono<T>> action) {
		return Flux.range(0, 100)
			.flatMap((index) -> Mono.defer(() -> action.apply(index)).subscribeOn(Schedulers.boundedElastic()), 100)
			.collectList()
			.blockOptional(PATIENCE)
			.orElseThrow();
	}

	private static <T> void expect(Mono<T> actual) {
		StepVerifier.create(actual).expectComplete().verify(PATIENCE);
	}

	private static <T> void expect(Mono<T> actual, T expected) {
		StepVerifier.create(actual).expectNext(expected).expectComplete().verify(PATIENCE);
	}

}
