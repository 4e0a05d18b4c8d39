package dev.mcpbridge.refresh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about refreshing quotes the log as it is, and leaves out nothing of the rooms
 * that keep grants.
 */
class RefreshDocsTests {

	private static final Path PAGE = Path.of("docs/refresh.md");

	private static final Path ROOMS = Path.of("src/main/java/dev/mcpbridge");

	/** A text that is code on the page and names a word of the log, {@code key=value}. */
	private static final Pattern QUOTED = Pattern.compile("`([a-z][^`\n]* ?[a-z]+=[^`\n]*)`");

	/** Up to the first word that differs. */
	private static final Pattern LOGGED = Pattern.compile("log(?:ger)?\\.(?:info|warn)\\(\\s*\"([^\"%{]+)");

	@Test
	void everyQuotedLineIsOneWeWrite() throws IOException {
		Set<String> logged = logged(ROOMS);
		Set<String> quoted = quoted();
		assertThat(quoted).hasSizeGreaterThan(15);
		assertThat(quoted).filteredOn((line) -> logged.stream().noneMatch(line::startsWith)).isEmpty();
	}

	@Test
	void everyLineOfRefreshesAndGrantsIsThere() throws IOException {
		Set<String> lines = logged(ROOMS.resolve("refresh"));
		lines.addAll(logged(ROOMS.resolve("grant")));
		Set<String> quoted = quoted();
		assertThat(lines).hasSizeGreaterThan(8);
		assertThat(lines).filteredOn((line) -> quoted.stream().noneMatch((quote) -> quote.startsWith(line))).isEmpty();
	}

	/**
	 * What is set by an operator, or a profile of the upstream, is no line of the log.
	 */
	private static Set<String> quoted() throws IOException {
		return QUOTED.matcher(Files.readString(PAGE))
			.results()
			.map((match) -> match.group(1))
			.filter(Predicate.not((text) -> text.startsWith("registration=")))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> logged(Path room) throws IOException {
		try (Stream<Path> files = Files.walk(room)) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.flatMap((file) -> LOGGED.matcher(text(file)).results().map((match) -> match.group(1)))
				.collect(Collectors.toCollection(TreeSet::new));
		}
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
