package dev.mcpbridge.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which texts of tools may be used.
 */
public sealed interface Pin {

	/** Any: changes are told, and no more. */
	Pin NONE = new None();

	/** The one each tool had when it was first seen, and those an operator accepted. */
	Pin REMEMBERED = new Remembered();

	/**
	 * Those whose hashes are in a file: one on each line, what follows a space is a
	 * comment, as is a line that begins with {@code #}.
	 * @param path the file
	 * @return the pin
	 * @throws IllegalArgumentException if it cannot be read
	 */
	static Pin file(Path path) {
		try {
			return new Listed(Files.readAllLines(path)
				.stream()
				.map(String::strip)
				.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
				.map((line) -> line.split("\\s", 2)[0])
				.collect(Collectors.toUnmodifiableSet()));
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(
					"mcp.bridge.catalogue.pin-file: %s (expected: a readable file of hashes; %s)".formatted(path, ex));
		}
	}

	/** Tells whether a list may hold a tool with this text. */
	boolean isGood(KnownTool tool, String hash);

	/** Any text. */
	record None() implements Pin {

		@Override
		public boolean isGood(KnownTool tool, String hash) {
			return true;
		}

	}

	/** What is accepted in memory. */
	record Remembered() implements Pin {

		@Override
		public boolean isGood(KnownTool tool, String hash) {
			return tool.accepted().contains(hash);
		}

	}

	/**
	 * What is in a file.
	 *
	 * @param hashes the hashes
	 */
	record Listed(Set<String> hashes) implements Pin {

		@Override
		public boolean isGood(KnownTool tool, String hash) {
			return this.hashes.contains(hash);
		}

	}

}
