package dev.mcpbridge.limit;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * One place among those that are served at once, or the hope for it.
 * <p>
 * Its state is guarded by the line it stands in.
 */
final class Turn {

	private final Turns turns;

	private final String key;

	private final Sinks.Empty<Void> called = Sinks.empty();

	private final boolean atOnce;

	private boolean placed;

	private boolean ended;

	Turn(Turns turns, String key, boolean placed) {
		this.turns = turns;
		this.key = key;
		this.atOnce = placed;
		this.placed = placed;
	}

	String key() {
		return this.key;
	}

	/** Tells whether nobody had to wait for it. */
	boolean isAtOnce() {
		return this.atOnce;
	}

	/**
	 * Waits for the place.
	 * @param patience how long at most
	 * @param time what time goes by
	 * @return when it is there; a {@link TimeoutException} if it is not in time
	 */
	Mono<Void> come(Duration patience, Scheduler time) {
		return this.atOnce ? Mono.empty() : this.called.asMono().timeout(patience, time);
	}

	/** Gives the place back, or the hope for it up; as often as one likes. */
	void leave() {
		this.turns.leave(this);
	}

	boolean hasPlace() {
		return this.placed;
	}

	void place() {
		this.placed = true;
	}

	/** Whether this is the first end. */
	boolean end() {
		boolean first = !this.ended;
		this.ended = true;
		return first;
	}

	/** Outside of every guard, since whoever waits goes on in this very call. */
	void tell() {
		this.called.tryEmitEmpty();
	}

}
