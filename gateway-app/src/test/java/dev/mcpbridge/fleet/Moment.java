package dev.mcpbridge.fleet;

import java.util.Locale;

/**
 * A call of the store at which a process ends as {@code kill -9} would end it.
 *
 * @param side before the call, or after it did what it was asked for
 * @param operation the name of the store's method
 * @param prefix what the key begins with
 */
record Moment(Side side, String operation, String prefix) {

	static Moment before(String operation, String prefix) {
		return new Moment(Side.BEFORE, operation, prefix);
	}

	static Moment after(String operation, String prefix) {
		return new Moment(Side.AFTER, operation, prefix);
	}

	/** Reads what {@link #toString()} wrote. */
	static Moment parse(String text) {
		String[] words = text.split(" ");
		return new Moment(Side.valueOf(words[0].toUpperCase(Locale.ROOT)), words[1], words[2]);
	}

	boolean is(Side side, String operation, String key) {
		return this.side == side && this.operation.equals(operation) && key.startsWith(this.prefix);
	}

	@Override
	public String toString() {
		return "%s %s %s".formatted(this.side.name().toLowerCase(Locale.ROOT), this.operation, this.prefix);
	}

	/** Where in a call. */
	enum Side {

		/** It has not begun. */
		BEFORE,

		/** It is done, and nobody heard of it. */
		AFTER

	}

}
