package dev.mcpbridge.limit;

import java.util.ArrayList;
import java.util.List;

/**
 * The places one request has, of all limits it is about.
 */
final class Permits implements Runnable {

	private final List<Turn> turns = new ArrayList<>();

	private boolean givenBack;

	/** Adds a place, which is given back at once if the others were. */
	void add(Turn turn) {
		if (!kept(turn)) {
			turn.leave();
		}
	}

	/** Gives them all back; as often as one likes. */
	@Override
	public void run() {
		all().forEach(Turn::leave);
	}

	private synchronized boolean kept(Turn turn) {
		return !this.givenBack && this.turns.add(turn);
	}

	private synchronized List<Turn> all() {
		this.givenBack = true;
		return List.copyOf(this.turns);
	}

}
