package dev.mcpbridge.stream;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Ends the streams that would stay open, when the gateway is to stop.
 * <p>
 * From then on no more of them are to be opened. Those that are open have until the
 * deadline. Then they are asked to end one after the other, the oldest first, over a
 * quarter of that time again, but 5 s at most: so their clients do not all come back at
 * once. One that opens later all the same is asked at once.
 */
public final class StreamDrain {

	private static final Duration LONGEST_SPREAD = Duration.ofSeconds(5);

	private final Duration deadline;

	private final Scheduler timer;

	/** In the order they were opened. */
	private final Set<StandingStream> open = new LinkedHashSet<>();

	private boolean closing;

	private volatile boolean begun;

	private @Nullable Runnable whenOver;

	/**
	 * Begins nothing yet.
	 * @param deadline how long open streams go on, 0 or more
	 * @param timer where time passes
	 */
	public StreamDrain(Duration deadline, Scheduler timer) {
		this.deadline = deadline;
		this.timer = timer;
	}

	/**
	 * Returns how long it takes at most, unless somebody does not read on.
	 * @param deadline how long open streams go on
	 * @return the time from the beginning to the end
	 */
	public static Duration longest(Duration deadline) {
		return deadline.plus(spread(deadline)).plus(StandingStream.MOMENT);
	}

	/**
	 * Begins, once.
	 * @param over called when no stream is open any more, perhaps before this returns
	 */
	public void begin(Runnable over) {
		boolean none;
		synchronized (this) {
			this.begun = true;
			none = this.open.isEmpty();
			this.closing = none;
			this.whenOver = none ? null : over;
		}
		if (none) {
			over.run();
		}
		else {
			this.timer.schedule(this::close, this.deadline.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Tells whether the gateway is about to stop.
	 * @return whether it began
	 */
	public boolean hasBegun() {
		return this.begun;
	}

	/**
	 * Takes note of a stream that opens.
	 * @return the stream, asked to end already if it is late
	 */
	StandingStream enter() {
		StandingStream stream = new StandingStream(this.timer);
		boolean late;
		synchronized (this) {
			late = this.closing;
			this.open.add(stream);
		}
		if (late) {
			stream.ask();
		}
		return stream;
	}

	/**
	 * Takes note of a stream that ended.
	 * @param stream the stream
	 */
	void leave(StandingStream stream) {
		Runnable over = null;
		synchronized (this) {
			this.open.remove(stream);
			if (this.open.isEmpty()) {
				over = this.whenOver;
				this.whenOver = null;
				this.closing = this.begun;
			}
		}
		if (over != null) {
			over.run();
		}
	}

	private void close() {
		List<StandingStream> oldestFirst;
		synchronized (this) {
			this.closing = true;
			oldestFirst = List.copyOf(this.open);
		}
		long spread = spread(this.deadline).toNanos();
		for (int i = 0; i < oldestFirst.size(); i++) {
			this.timer.schedule(oldestFirst.get(i)::ask, spread / oldestFirst.size() * i, TimeUnit.NANOSECONDS);
		}
	}

	private static Duration spread(Duration deadline) {
		Duration quarter = deadline.dividedBy(4);
		return (quarter.compareTo(LONGEST_SPREAD) < 0) ? quarter : LONGEST_SPREAD;
	}

}
