package dev.mcpbridge.limit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;

/**
 * How many calls in a while.
 *
 * @param calls how many are earned in each period, evenly; at least 1
 * @param period how long a period is
 * @param burst how many may be saved up; at least 1
 */
record Rate(int calls, Duration period, int burst) {

	/** The bucket it is counted by. */
	BucketConfiguration bucket() {
		return BucketConfiguration.builder().addLimit(bandwidth()).build();
	}

	CompletableFuture<BucketConfiguration> futureBucket() {
		return CompletableFuture.completedFuture(bucket());
	}

	Bandwidth bandwidth() {
		return Bandwidth.builder().capacity(this.burst).refillGreedy(this.calls, this.period).build();
	}

	/**
	 * How long an empty bucket takes to be full: after that nobody has to remember it.
	 */
	Duration refill() {
		return this.period.multipliedBy(this.burst).dividedBy(this.calls).plus(this.period);
	}

}
