package dev.mcpbridge.record;

import java.nio.file.Path;

import org.springframework.util.unit.DataSize;

/**
 * How traffic is recorded.
 *
 * @param directory where the files are
 * @param maxBody how much is kept of a body, and of an event of a stream
 * @param buffer how much may wait to be written, before pieces are dropped
 * @param files how large the files grow, and how many there are
 * @param redaction what is left out besides credentials
 */
public record RecordSettings(Path directory, DataSize maxBody, DataSize buffer, Retention files,
		RedactionRules redaction) {

	/**
	 * Checks the sizes.
	 */
	public RecordSettings {
		positive("max-body", maxBody);
		positive("buffer", buffer);
	}

	private static void positive(String name, DataSize size) {
		if (size.toBytes() <= 0 || size.toBytes() > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("%s: %s (expected: 1B to 2047MB)".formatted(name, size));
		}
	}

	/**
	 * How long files are kept.
	 *
	 * @param maxFile how large one grows before the next is begun
	 * @param maxFiles how many there are at most; the oldest go
	 * @param maxTotal how large all of them are at most; the oldest go
	 */
	public record Retention(DataSize maxFile, int maxFiles, DataSize maxTotal) {

		/**
		 * Checks the numbers.
		 */
		public Retention {
			positive("max-file", maxFile);
			if (maxFiles < 1) {
				throw new IllegalArgumentException("max-files: %d (expected: 1 or more)".formatted(maxFiles));
			}
			if (maxTotal.compareTo(maxFile) < 0) {
				throw new IllegalArgumentException(
						"max-total: %s (expected: max-file, %s, or more)".formatted(maxTotal, maxFile));
			}
		}

	}

}
