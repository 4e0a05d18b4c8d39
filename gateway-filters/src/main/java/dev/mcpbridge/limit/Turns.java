package dev.mcpbridge.limit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Who is served at once, and who stands in line: for each key a number of places, taken
 * in the order of asking.
 * <p>
 * A key nobody uses takes no memory.
 */
final class Turns {

	private final Map<String, Line> lines = new HashMap<>();

	/**
	 * Takes a place, or stands in line for one.
	 * @param key whose places they are
	 * @param places how many there are
	 * @param queue how many may stand in line
	 * @return a turn; {@code null} if the line is full
	 */
	synchronized @Nullable Turn ask(String key, int places, int queue) {
		Line line = this.lines.computeIfAbsent(key, (absent) -> new Line());
		if (line.taken < places) {
			line.taken++;
			return new Turn(this, key, true);
		}
		if (line.waiting.size() >= queue) {
			return null;
		}
		Turn turn = new Turn(this, key, false);
		line.waiting.add(turn);
		return turn;
	}

	/** Gives a place back, or leaves the line. */
	void leave(Turn turn) {
		Turn next = giveBack(turn);
		if (next != null) {
			next.tell();
		}
	}

	private synchronized @Nullable Turn giveBack(Turn turn) {
		Line line = this.lines.get(turn.key());
		if (line == null || !turn.end()) {
			return null;
		}
		if (!turn.hasPlace()) {
			line.waiting.remove(turn);
			return null;
		}
		Turn next = line.waiting.poll();
		if (next != null) {
			next.place();
		}
		else if (--line.taken == 0) {
			this.lines.remove(turn.key());
		}
		return next;
	}

	/** Counts the keys in use. */
	synchronized int size() {
		return this.lines.size();
	}

	/** What is known of one key. */
	private static final class Line {

		private final Deque<Turn> waiting = new ArrayDeque<>();

		private int taken;

	}

}
