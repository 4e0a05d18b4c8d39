package dev.mcpbridge.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is made from something else, and kept beside it: compared, or written anew with
 * {@code -Dmcp.docs.write=true}.
 */
final class Written {

	private Written() {
	}

	static boolean anew() {
		return Boolean.getBoolean("mcp.docs.write");
	}

	static void check(Path file, String text) {
		try {
			if (anew()) {
				Files.createDirectories(file.getParent());
				Files.writeString(file, text);
			}
			assertThat(Files.isRegularFile(file) ? Files.readString(file) : "")
				.as("%s (write it anew with -Dmcp.docs.write=true)", file)
				.isEqualTo(text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
