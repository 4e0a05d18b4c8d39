package dev.mcpbridge.app.replay;

/**
 * What is otherwise.
 *
 * @param where {@code status}, {@code header …}, or a place in a JSON answer
 * @param then what was recorded
 * @param now what came
 */
record Difference(String where, String then, String now) {

	@Override
	public String toString() {
		return "%s: %s, now %s".formatted(this.where, this.then, this.now);
	}

}
