package dev.mcpbridge.record;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * What waits to be written: never more than a bound, and nobody waits for it.
 */
final class TrafficQueue {

	private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();

	private final AtomicLong held = new AtomicLong();

	private final long most;

	private final RecordListener listener;

	TrafficQueue(long most, RecordListener listener) {
		this.most = most;
		this.listener = listener;
	}

	/**
	 * Puts a piece to those that wait.
	 * @param piece the piece; one without weight always fits
	 * @return whether there was room
	 */
	boolean offer(Piece piece) {
		int weight = piece.weight();
		if (this.held.addAndGet(weight) > this.most && weight > 0) {
			this.held.addAndGet(-weight);
			this.listener.dropped(RecordListener.Drop.BUFFER);
			return false;
		}
		return this.pieces.add(piece);
	}

	/** Waits for the next piece, but not for ever. */
	@Nullable Piece next(long millis) throws InterruptedException {
		return this.pieces.poll(millis, TimeUnit.MILLISECONDS);
	}

	boolean isEmpty() {
		return this.pieces.isEmpty();
	}

	/** What was written, or given up, takes no room any more. */
	void release(long weight) {
		this.held.addAndGet(-weight);
	}

	long held() {
		return this.held.get();
	}

}
