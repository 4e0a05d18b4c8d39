package dev.mcpbridge.load;

import java.nio.file.Path;

/**
 * Whose tokens are shown when.
 *
 * @param tokens the tokens, one a line
 * @param people how many people there are in one turn
 * @param use what is done with their tokens
 */
record Turns(Path tokens, int people, Wrk.Use use) {

	/** Returns how many people the turns of a workload need. */
	static int people(Workload workload, int rounds) {
		boolean once = workload.use() == Wrk.Use.ONCE;
		return once ? workload.people() * (2 * rounds + 1) : Math.max(workload.people(), 1000);
	}

	/** Those that warm up. */
	Wrk.Tokens warmUp() {
		return new Wrk.Tokens(this.tokens, 0, this.people, Wrk.Use.ROTATE);
	}

	/**
	 * Those of a turn: the same each time, or people who have not been there before.
	 * @param number the turn's number, from 0
	 */
	Wrk.Tokens turn(int number) {
		int first = (this.use == Wrk.Use.ONCE) ? (number + 1) * this.people : 0;
		return new Wrk.Tokens(this.tokens, first, this.people, this.use);
	}

	/** Tokens that look like them, and are none. */
	Wrk.Tokens forged() {
		return new Wrk.Tokens(this.tokens, 0, 1, Wrk.Use.FORGE);
	}

}
