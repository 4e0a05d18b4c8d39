package dev.mcpbridge.store;

/**
 * An entry as it was read.
 *
 * @param value the value, sealed
 * @param generation how often it was written; the compare-and-set number
 */
public record StoredValue(String value, long generation) {

	@Override
	public String toString() {
		return "StoredValue[generation=%d]".formatted(this.generation);
	}

}
