package dev.mcpbridge.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The thread that writes recordings: no other ever waits for a disk.
 * <p>
 * A file that cannot be written costs lines, which are counted, and one warning until it
 * can be written again.
 */
final class TrafficWriter implements Runnable {

	private static final Log log = LogFactory.getLog(TrafficWriter.class);

	/** After a failure, the disk is left alone for as long. */
	private static final Duration PAUSE = Duration.ofSeconds(2);

	private static final long TICK_MILLIS = 1000;

	private final TrafficQueue queue;

	private final Scribe scribe;

	private final TrafficFiles files;

	private final InstantSource clock;

	private final RecordListener listener;

	private final Runnable tick;

	private volatile boolean stopping;

	private boolean failing;

	private boolean failedOnce;

	private Instant retryAt = Instant.MIN;

	TrafficWriter(TrafficQueue queue, Scribe scribe, TrafficFiles files, InstantSource clock, RecordListener listener,
			Runnable tick) {
		this.queue = queue;
		this.scribe = scribe;
		this.files = files;
		this.clock = clock;
		this.listener = listener;
		this.tick = tick;
	}

	/** Writes what waits, and ends. */
	void stop() {
		this.stopping = true;
	}

	@Override
	public void run() {
		try {
			while (!this.stopping || !this.queue.isEmpty()) {
				step(this.queue.next(this.stopping ? 0 : TICK_MILLIS));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			finish();
		}
	}

	private void step(@Nullable Piece piece) {
		if (piece == null) {
			this.tick.run();
			return;
		}
		try {
			this.queue.release(take(piece));
		}
		catch (RuntimeException | StackOverflowError ex) {
			// a line less, and never the thread
			this.queue.release(piece.weight());
			this.listener.dropped(RecordListener.Drop.FILE);
			if (!this.failedOnce) {
				this.failedOnce = true;
				log.warn("event=record-failed reason=" + ex.getClass().getSimpleName());
			}
		}
		if (this.queue.isEmpty()) {
			flush();
		}
	}

	private long take(Piece piece) {
		if (piece instanceof Piece.Begun begun) {
			piece.of().transcribe(new Transcript(begun, this.scribe, this::write));
		}
		Transcript transcript = piece.of().transcript();
		if (transcript == null) {
			return piece.weight();
		}
		long free = transcript.take(piece);
		if (piece instanceof Piece.Ended) {
			piece.of().transcribe(null);
		}
		return free;
	}

	private void write(ObjectNode line) {
		if (this.failing && this.clock.instant().isBefore(this.retryAt)) {
			this.listener.dropped(RecordListener.Drop.FILE);
			return;
		}
		byte[] bytes = (line.toString() + "\n").getBytes(StandardCharsets.UTF_8);
		try {
			this.files.write(bytes);
			if (this.failing) {
				this.files.flush();
				this.failing = false;
				log.info("event=record-writable");
			}
			this.listener.written(bytes.length);
		}
		catch (IOException ex) {
			failed(ex);
		}
	}

	private void flush() {
		try {
			this.files.flush();
		}
		catch (IOException ex) {
			failed(ex);
		}
	}

	private void failed(IOException ex) {
		this.listener.dropped(RecordListener.Drop.FILE);
		if (!this.failing) {
			log.warn("event=record-unwritable reason=" + ex.getClass().getSimpleName()
					+ " effect=\"traffic goes on and is not recorded\"");
		}
		this.failing = true;
		this.retryAt = this.clock.instant().plus(PAUSE);
	}

	private void finish() {
		try {
			this.files.close();
		}
		catch (IOException ex) {
			failed(ex);
		}
	}

}
