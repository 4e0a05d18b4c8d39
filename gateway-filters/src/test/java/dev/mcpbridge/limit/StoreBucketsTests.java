package dev.mcpbridge.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.limit.LimitedCalls.Asking;
import dev.mcpbridge.store.FailingStore;
import dev.mcpbridge.store.MemoryStore;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replicas that share a store count together.
 */
class StoreBucketsTests {

	static final Limit THREE = LimitedCalls.rate(60, Duration.ofMinutes(1), 3, Limit.Per.PERSON);

	final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	final MemoryStore store = new MemoryStore(() -> Instant.ofEpochMilli(this.time.now(TimeUnit.MILLISECONDS)), 1000);

	@Test
	void whatIsSpentHereIsGoneThere() {
		LimitedCalls here = LimitedCalls.of(this.time, this.store, THREE);
		LimitedCalls there = LimitedCalls.of(this.time, this.store, THREE);
		assertThat(here.ask(2, "anna")).allMatch(Asking::isAdmitted);
		assertThat(there.ask("anna", "getJiraIssue").isAdmitted()).isTrue();
		Asking fourth = there.ask("anna", "getJiraIssue");
		assertThat(fourth.isWaiting()).isTrue();
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(fourth.isAdmitted()).isTrue();
	}

	@Test
	void aBucketThatIsFullAgainIsForgotten() {
		LimitedCalls.of(this.time, this.store, THREE).ask("anna", "getJiraIssue");
		assertThat(this.store.keys("rate").toStream()).hasSize(1);
		this.time.advanceTimeBy(Duration.ofSeconds(12));
		assertThat(this.store.keys("rate").toStream()).isEmpty();
	}

	@Test
	void withoutTheStoreEachReplicaCountsForItself() {
		FailingStore away = new FailingStore(this.store);
		LimitedCalls here = LimitedCalls.of(this.time, away, THREE);
		here.ask(3, "anna");
		away.fail(FailingStore.Failure.SIGNALS);
		assertThat(here.ask(3, "anna")).allMatch(Asking::isAdmitted);
		assertThat(here.ask("anna", "getJiraIssue").isWaiting()).isTrue();
		assertThat(away.failed()).isEqualTo(4);
	}

}
