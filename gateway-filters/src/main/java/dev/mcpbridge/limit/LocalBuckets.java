package dev.mcpbridge.limit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Counts in the memory of this process.
 * <p>
 * A bucket is forgotten once it would be full again; beyond a hundred thousand, some are
 * forgotten before.
 */
final class LocalBuckets implements Buckets {

	private static final long MOST = 100_000;

	private final Cache<String, Counted> buckets;

	private final TimeMeter time;

	LocalBuckets(Scheduler time) {
		Ticker ticker = () -> time.now(TimeUnit.NANOSECONDS);
		this.time = new SchedulerTime(time);
		this.buckets = Caffeine.newBuilder()
			.maximumSize(MOST)
			.ticker(ticker)
			.expireAfter(Expiry.accessing((String key, Counted counted) -> counted.refill()))
			.build();
	}

	@Override
	public Mono<Duration> take(String key, Rate rate, int calls) {
		return Mono.fromSupplier(() -> {
			Counted counted = this.buckets.get(key, (absent) -> counted(rate));
			ConsumptionProbe probe = counted.bucket().tryConsumeAndReturnRemaining(calls);
			return Duration.ofNanos(probe.isConsumed() ? 0 : Math.max(1, probe.getNanosToWaitForRefill()));
		});
	}

	private Counted counted(Rate rate) {
		Bucket bucket = Bucket.builder().addLimit(rate.bandwidth()).withCustomTimePrecision(this.time).build();
		return new Counted(bucket, rate.refill());
	}

	private record Counted(Bucket bucket, Duration refill) {

	}

}
