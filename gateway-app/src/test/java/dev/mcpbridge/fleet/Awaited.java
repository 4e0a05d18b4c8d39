package dev.mcpbridge.fleet;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What there may be none of for a while: whoever needs it waits.
 */
final class Awaited<T> {

	private CompletableFuture<T> value = new CompletableFuture<>();

	/** Waits for it. */
	T get() throws InterruptedException {
		try {
			return value().get(Visitor.PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("nothing within " + Visitor.PATIENCE, ex);
		}
	}

	boolean isThere() {
		return value().isDone();
	}

	void set(T value) {
		value().complete(value);
	}

	/** Is without it from now on; another one stays. */
	synchronized void drop(T old) {
		if (this.value.isDone() && this.value.join().equals(old)) {
			this.value = new CompletableFuture<>();
		}
	}

	private synchronized CompletableFuture<T> value() {
		return this.value;
	}

}
