package dev.mcpbridge.limit;

import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.StoredValue;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Counts in the store that replicas share; while it is away, each process counts for
 * itself.
 * <p>
 * Replicas go by their own clocks: one that is ahead earns that much more, once.
 */
final class StoreBuckets implements Buckets {

	private static final Log log = LogFactory.getLog(StoreBuckets.class);

	private static final String KIND = "rate:";

	/**
	 * Beyond that somebody else always was faster, which the store ought not to allow.
	 */
	private static final int MOST_ATTEMPTS = 50;

	private final BridgeStore store;

	private final Buckets meanwhile;

	private final Proxies proxies;

	StoreBuckets(BridgeStore store, Buckets meanwhile, Scheduler time) {
		this.store = store;
		this.meanwhile = meanwhile;
		this.proxies = new Proxies(ClientSideConfig.getDefault()
			.withClientClock(new SchedulerTime(time))
			.withMaxRetries(MOST_ATTEMPTS)
			.withExpirationAfterWriteStrategy(
					ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10))));
	}

	@Override
	public Mono<Duration> take(String key, Rate rate, int calls) {
		return Mono
			.fromFuture(() -> this.proxies.asAsync()
				.builder()
				.build(KIND + key, rate::futureBucket)
				.tryConsumeAndReturnRemaining(calls))
			.map(StoreBuckets::wait)
			.onErrorResume((failure) -> {
				log.debug("limits are counted by this process alone reason=" + failure.getClass().getSimpleName());
				return this.meanwhile.take(key, rate, calls);
			});
	}

	private static Duration wait(ConsumptionProbe probe) {
		return Duration.ofNanos(probe.isConsumed() ? 0 : Math.max(1, probe.getNanosToWaitForRefill()));
	}

	/** Bucket4j's side of it: each change of a bucket is a comparison and a swap. */
	private final class Proxies extends AbstractCompareAndSwapBasedProxyManager<String> {

		private final ClientSideConfig config;

		Proxies(ClientSideConfig config) {
			super(config);
			this.config = config;
		}

		@Override
		protected CompareAndSwapOperation beginCompareAndSwapOperation(String key) {
			throw new UnsupportedOperationException("nobody waits here");
		}

		@Override
		protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String key) {
			return new Swap(key, this.config);
		}

		@Override
		public void removeProxy(String key) {
			throw new UnsupportedOperationException("nobody waits here");
		}

		@Override
		protected CompletableFuture<Void> removeAsync(String key) {
			return FutureOf.first(StoreBuckets.this.store.take(key)).thenApply((taken) -> null);
		}

		@Override
		public boolean isAsyncModeSupported() {
			return true;
		}

		@Override
		public boolean isExpireAfterWriteSupported() {
			return true;
		}

	}

	private final class Swap implements AsyncCompareAndSwapOperation {

		private final String key;

		private final ClientSideConfig config;

		private volatile long generation;

		Swap(String key, ClientSideConfig config) {
			this.key = key;
			this.config = config;
		}

		@Override
		public CompletableFuture<Optional<byte[]>> getStateData(Optional<Long> timeout) {
			return FutureOf.first(StoreBuckets.this.store.find(this.key)).thenApply(this::seen);
		}

		@Override
		public CompletableFuture<Boolean> compareAndSwap(byte[] before, byte[] after, RemoteBucketState state,
				Optional<Long> timeout) {
			long millis = this.config.getExpirationAfterWriteStrategy()
				.map((strategy) -> strategy.calculateTimeToLiveMillis(state,
						this.config.getClientSideClock().orElseThrow().currentTimeNanos()))
				.orElseThrow();
			String value = Base64.getEncoder().encodeToString(after);
			return FutureOf
				.first(StoreBuckets.this.store.replace(this.key, this.generation, value,
						Duration.ofMillis(Math.max(1, millis))))
				.thenApply((written) -> written.orElse(false));
		}

		private Optional<byte[]> seen(Optional<StoredValue> stored) {
			this.generation = stored.map(StoredValue::generation).orElse(0L);
			return stored.map(StoredValue::value).map(Base64.getDecoder()::decode);
		}

	}

}
