package dev.mcpbridge.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about performance names every option and every workload there is, with the
 * defaults of the build.
 */
class LoadDocsTests {

	static final Pattern DEFAULT = Pattern.compile("<(load\\.[\\w-]+)>(.*)</");

	@Test
	void everyOptionIsOnThePageWithItsDefault() throws IOException {
		List<String> rows = DEFAULT.matcher(Files.readString(Path.of("pom.xml")))
			.results()
			.map(LoadDocsTests::row)
			.toList();
		assertThat(rows).hasSizeGreaterThan(10).allSatisfy((row) -> assertThat(page()).contains(row));
	}

	@Test
	void everyOptionOfTheBuildReachesTheBenchmark() throws IOException {
		String pom = Files.readString(Path.of("pom.xml"));
		assertThat(DEFAULT.matcher(pom).results().map((match) -> match.group(1)).toList())
			.allSatisfy((name) -> assertThat(pom).contains("-D%1$s=${%1$s}".formatted(name)));
	}

	@Test
	void everyWorkloadIsOnThePage() throws IOException {
		String page = page();
		assertThat(Arrays.stream(Workload.values()).map("`%s`"::formatted)).allSatisfy((name) -> assertThat(page)
			.containsPattern(Pattern.compile("(?m)^\\| [^|]*%s[^|]* \\|".formatted(Pattern.quote(name)))));
	}

	@Test
	void aTableTakesThePlaceOfTheOneBefore() throws IOException {
		for (String name : List.of("requests", "streams", "floods", "growth")) {
			String once = Page.with(page(), name, "| one |\n");
			assertThat(Page.with(once, name, "| other |\n")).contains("| other |").doesNotContain("| one |");
		}
	}

	private static String row(MatchResult option) {
		String value = option.group(2).startsWith("$") ? "the build's" : "`%s`".formatted(option.group(2));
		return "| `%s` | %s |".formatted(option.group(1), value);
	}

	private static String page() throws IOException {
		return Files.readString(Page.FILE);
	}

}
