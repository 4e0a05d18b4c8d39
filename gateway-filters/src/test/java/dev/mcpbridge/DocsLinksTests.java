package dev.mcpbridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the documents point to is there, and what is there is pointed to.
 */
class DocsLinksTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Path DOCS = ROOT.resolve("gateway-filters/docs");

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

	@Test
	void everyRelativeLinkLeadsSomewhere() throws IOException {
		Set<String> dead = new TreeSet<>();
		List<Path> documents = documents();
		for (Path document : documents) {
			links(document).filter((link) -> !leadsSomewhere(document, link))
				.forEach((link) -> dead.add("%s: %s".formatted(ROOT.relativize(document), link)));
		}
		assertThat(documents).hasSizeGreaterThan(10);
		assertThat(dead).isEmpty();
	}

	@Test
	void everyPageIsInTheIndex() throws IOException {
		Path index = DOCS.resolve("README.md");
		Set<Path> listed = links(index).map((link) -> target(index, link)).collect(Collectors.toSet());
		assertThat(documents()).filteredOn((document) -> document.startsWith(DOCS) && !document.equals(index))
			.isNotEmpty()
			.isSubsetOf(listed);
	}

	private static List<Path> documents() throws IOException {
		try (Stream<Path> files = Files.walk(ROOT)) {
			return files.filter((file) -> file.toString().endsWith(".md"))
				.filter((file) -> !Pattern.matches("(target|\\..+|node_modules)/.*|.*/target/.*",
						ROOT.relativize(file).toString()))
				.toList();
		}
	}

	private static Stream<String> links(Path document) {
		return LINK.matcher(prose(document))
			.results()
			.map((match) -> match.group(1))
			.filter((link) -> !link.contains(":"));
	}

	private static boolean leadsSomewhere(Path document, String link) {
		Path target = target(document, link);
		int anchor = link.indexOf('#');
		return target.startsWith(ROOT) && Files.exists(target)
				&& (anchor < 0 || anchors(target).contains(link.substring(anchor + 1)));
	}

	private static Path target(Path document, String link) {
		String file = link.replaceFirst("#.*", "");
		return file.isEmpty() ? document : document.resolveSibling(file).normalize();
	}

	/** As the usual renderers name them. */
	private static Set<String> anchors(Path document) {
		return HEADING.matcher(prose(document))
			.results()
			.map((match) -> match.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-'))
			.collect(Collectors.toSet());
	}

	/** The text without blocks of code. */
	private static String prose(Path document) {
		try {
			return Files.readString(document).replaceAll("(?ms)^ *```.*?^ *```$", "");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
