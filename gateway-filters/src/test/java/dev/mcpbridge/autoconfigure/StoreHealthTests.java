package dev.mcpbridge.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import dev.mcpbridge.store.FailingStore;
import dev.mcpbridge.store.MemoryStore;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class StoreHealthTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

	private final FailingStore store = new FailingStore(new MemoryStore(InstantSource.system(), 9));

	private final StoreHealth health = new StoreHealth(this.store, Duration.ofMinutes(10), this.now::get);

	@Test
	void aStoreThatAnswersIsUp() {
		assertStatus(Status.UP);
	}

	@Test
	void aStoreThatHasNeverAnsweredKeepsRequestsAway() {
		this.store.fail(FailingStore.Failure.SIGNALS);
		assertStatus(Status.OUT_OF_SERVICE);
	}

	@Test
	void aStoreThatGoesAwayKeepsRequestsAwayAfterTheGrace() {
		assertStatus(Status.UP);
		this.store.fail(FailingStore.Failure.SIGNALS);
		pass(Duration.ofMinutes(10).minusSeconds(1));
		assertStatus(StoreHealth.DEGRADED);
		pass(Duration.ofSeconds(1));
		assertStatus(Status.OUT_OF_SERVICE);
		this.store.fail(FailingStore.Failure.NONE);
		assertStatus(Status.UP);
		this.store.fail(FailingStore.Failure.SIGNALS);
		assertStatus(StoreHealth.DEGRADED);
	}

	@Test
	void aStoreThatHangsIsAway() {
		this.store.fail(FailingStore.Failure.HANGS);
		assertStatus(Status.OUT_OF_SERVICE);
	}

	@Test
	void withoutAStoreThereIsNothingToWaitFor() {
		StepVerifier.create(new StoreHealth(null, Duration.ZERO, this.now::get).health())
			.assertNext((answer) -> assertThat(answer.getStatus()).isEqualTo(Status.UP))
			.expectComplete()
			.verify(PATIENCE);
	}

	private void pass(Duration time) {
		this.now.updateAndGet((before) -> before.plus(time));
	}

	private void assertStatus(Status status) {
		StepVerifier.create(this.health.health())
			.assertNext((answer) -> assertThat(answer.getStatus()).isEqualTo(status))
			.expectComplete()
			.verify(PATIENCE);
	}

}
