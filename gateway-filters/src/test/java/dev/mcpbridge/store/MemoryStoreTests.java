package dev.mcpbridge.store;

import java.time.Duration;
import java.util.stream.IntStream;

import dev.mcpbridge.simulator.SettableClock;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The store that ends with the process.
 */
class MemoryStoreTests extends BridgeStoreContract {

	@Override
	BridgeStore store(SettableClock clock) {
		return new MemoryStore(clock, 10_000);
	}

	@Test
	void holdsNoMoreThanItsBound() {
		MemoryStore small = new MemoryStore(this.clock, 10);
		Flux<Boolean> writing = Flux.fromStream(IntStream.range(0, 1000).boxed())
			.concatMap((index) -> small.replace("key " + index, 0, "value", Duration.ofHours(1)));
		StepVerifier.create(writing).expectNextCount(1000).expectComplete().verify(Duration.ofSeconds(30));
		Flux<StoredValue> found = Flux.range(0, 1000).concatMap((index) -> small.find("key " + index));
		StepVerifier.create(found.count())
			.assertNext((count) -> assertThat(count).isLessThan(100))
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void anEntryPrintsNoValue() {
		assertThat(new StoredValue("sealed", 3)).hasToString("StoredValue[generation=3]");
	}

}
