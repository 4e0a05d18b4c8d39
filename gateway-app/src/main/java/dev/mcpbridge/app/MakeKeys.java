package dev.mcpbridge.app;

import java.nio.file.Path;

import dev.mcpbridge.secret.KeyFile;

/**
 * Makes a key file without starting a gateway.
 */
final class MakeKeys {

	private MakeKeys() {
	}

	/**
	 * Makes the file, unless it is there.
	 * @param arguments the path of the file
	 */
	public static void main(String[] arguments) {
		if (arguments.length != 1) {
			throw new IllegalArgumentException(
					"arguments: %d (expected: the path of a key file)".formatted(arguments.length));
		}
		KeyFile.openOrCreate(Path.of(arguments[0]));
	}

}
