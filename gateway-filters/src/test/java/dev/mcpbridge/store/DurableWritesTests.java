package dev.mcpbridge.store;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/**
 * Whoever writes hears how it went, whatever goes wrong.
 */
class DurableWritesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	final DurableWrites writes = new DurableWrites(() -> {
	});

	@AfterEach
	void close() {
		this.writes.close();
	}

	@Test
	void aWriteThatRunsOutOfMemoryStopsNoOther() {
		StepVerifier.create(this.writes.submit(DurableWritesTests::fail))
			.expectError(OutOfMemoryError.class)
			.verify(PATIENCE);
		StepVerifier.create(this.writes.submit(() -> "written"))
			.expectNext("written")
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void whatComesAfterTheEndIsRefused() {
		this.writes.close();
		for (int time = 0; time < 2; time++) {
			StepVerifier.create(this.writes.submit(() -> "late"))
				.expectError(RejectedExecutionException.class)
				.verify(PATIENCE);
		}
	}

	private static String fail() {
		throw new OutOfMemoryError("for a test");
	}

}
