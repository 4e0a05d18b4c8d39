package dev.mcpbridge.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The README of the repository, as far as it can be run.
 */
final class Readme {

	private static final Path ROOT = Path.of("..");

	private final String text = read("README.md");

	/** What to paste into bash, all steps as one script. */
	String walk() {
		return String.join("", blocks("bash"));
	}

	/** The configurations that are complete. */
	List<String> configurations() {
		return blocks("yaml").stream().filter((block) -> block.startsWith("# application.yaml\n")).toList();
	}

	/** The only block of a language. */
	String only(String language) {
		List<String> blocks = blocks(language);
		if (blocks.size() != 1) {
			throw new AssertionError("README.md: %d blocks of %s (expected: 1)".formatted(blocks.size(), language));
		}
		return blocks.get(0);
	}

	/** Another file of the repository. */
	static String read(String file) {
		try {
			return Files.readString(ROOT.resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> blocks(String language) {
		Pattern block = Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
		return block.matcher(this.text).results().map((match) -> match.group(1)).toList();
	}

}
