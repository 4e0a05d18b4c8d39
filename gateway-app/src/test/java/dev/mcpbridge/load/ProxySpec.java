package dev.mcpbridge.load;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A gateway to be measured.
 *
 * @param name what the table calls it
 * @param kind what it is
 * @param jar the app's jar, or the library's jar or classes
 */
record ProxySpec(String name, ProxyKind kind, Path jar) {

	private static final Path APP = Path.of("target", "gateway-app.jar");

	/**
	 * Reads one: {@code bare}, {@code library} or {@code app}, and behind an {@code @}
	 * another jar than the one just built, to compare two builds.
	 * @throws IllegalArgumentException for anything else
	 */
	static ProxySpec parse(String text) {
		String[] parts = text.strip().split("@", 2);
		ProxyKind kind = kind(parts[0]);
		if (parts.length == 2) {
			return new ProxySpec(text.strip(), kind, Path.of(parts[1]).toAbsolutePath());
		}
		Path built = (kind == ProxyKind.APP) ? APP.toAbsolutePath() : ClassPath.library();
		return new ProxySpec(parts[0], kind, built);
	}

	/** Names the directory of its files. */
	String directory() {
		return this.name.replaceAll("[^\\w.-]", "_");
	}

	private static ProxyKind kind(String name) {
		try {
			return ProxyKind.valueOf(name.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"load.proxies: %s (expected: bare, library, app, library@JAR or app@JAR)".formatted(name));
		}
	}

}
