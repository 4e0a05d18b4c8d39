package dev.mcpbridge.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Makes changes one after the other on a thread of their own, and confirms them once they
 * are flushed: all that came together with one flush.
 */
final class DurableWrites implements AutoCloseable {

	private static final Log log = LogFactory.getLog(DurableWrites.class);

	private static final long SECONDS_TO_FINISH = 10;

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread thread = new Thread(work, "mcp-store");
		thread.setDaemon(true);
		return thread;
	});

	private final Queue<Write<?>> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger work = new AtomicInteger();

	private final Runnable flush;

	DurableWrites(Runnable flush) {
		this.flush = flush;
	}

	/**
	 * Makes a change, even if whoever asked for it leaves.
	 * @param <T> what the change tells
	 * @param change the change; {@code null} for nothing to tell
	 * @return what it tells, once it is flushed; an error if that failed, or after the
	 * end
	 */
	<T> Mono<T> submit(Supplier<@Nullable T> change) {
		return Mono.create((sink) -> {
			if (this.thread.isShutdown()) {
				sink.error(new RejectedExecutionException("the store is closed"));
				return;
			}
			this.waiting.add(new Write<>(change, sink));
			if (this.work.getAndIncrement() == 0) {
				this.thread.execute(this::drain);
			}
		});
	}

	/**
	 * Makes a change again and again, between those that are submitted.
	 * @param every how often
	 * @param change the change
	 */
	void repeat(Duration every, Runnable change) {
		this.thread.scheduleWithFixedDelay(() -> attempt(change), every.toMillis(), every.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/**
	 * Finishes what was submitted. The thread is never interrupted, since that would
	 * close the file under it.
	 */
	@Override
	public void close() {
		this.thread.shutdown();
		try {
			this.thread.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void attempt(Runnable change) {
		try {
			change.run();
			this.flush.run();
		}
		catch (RuntimeException ex) {
			log.warn("store cannot be written reason=" + ex.getMessage());
		}
	}

	private void drain() {
		int done;
		do {
			done = this.work.get();
			writeTogether();
		}
		while (this.work.addAndGet(-done) != 0);
	}

	/** Whatever is thrown: a thread that ends here would leave all others waiting. */
	private void writeTogether() {
		List<Runnable> confirmations = new ArrayList<>();
		List<MonoSink<?>> sinks = new ArrayList<>();
		try {
			for (Write<?> write = this.waiting.poll(); write != null; write = this.waiting.poll()) {
				sinks.add(write.sink());
				confirmations.add(write.make());
			}
			this.flush.run();
			confirmations.forEach(Runnable::run);
		}
		catch (RuntimeException | Error ex) {
			sinks.forEach((sink) -> sink.error(ex));
		}
	}

	/**
	 * A change and who waits for it.
	 *
	 * @param <T> what it tells
	 * @param change the change
	 * @param sink who waits
	 */
	private record Write<T>(Supplier<@Nullable T> change, MonoSink<T> sink) {

		Runnable make() {
			T result = this.change.get();
			return () -> this.sink.success(result);
		}

	}

}
