package dev.mcpbridge.store;

import org.jspecify.annotations.Nullable;

/**
 * What a store in this process keeps under a key: a value that ends, or a lease.
 *
 * @param generation how often it was written
 * @param expiresAt when it ends, in milliseconds since 1970
 * @param value the value; empty for a lease
 */
record Slot(long generation, long expiresAt, String value) {

	private static final String GIVEN_BACK = "given back";

	boolean isAlive(long now) {
		return this.expiresAt > now;
	}

	/** Whether it is a lease somebody has. */
	boolean isHeld(long now) {
		return isAlive(now) && !this.value.equals(GIVEN_BACK);
	}

	/**
	 * A lease nobody has, even if the clock is put back to before it was given back; its
	 * holders go on being counted.
	 */
	Slot givenBack() {
		return new Slot(this.generation, this.expiresAt, GIVEN_BACK);
	}

	StoredValue stored() {
		return new StoredValue(this.value, this.generation);
	}

	/** Writes the slot as one text, for a file. */
	String encode() {
		return this.generation + " " + this.expiresAt + " " + this.value;
	}

	/** Reads what {@link #encode()} wrote; {@code null} for anything else. */
	static @Nullable Slot decode(String text) {
		String[] parts = text.split(" ", 3);
		try {
			return (parts.length == 3) ? new Slot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
