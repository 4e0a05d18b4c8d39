package dev.mcpbridge.helm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The chart's pages say what the chart does.
 */
class ChartDocsTests {

	private static final String BEGIN = "<!-- made from values.yaml -->\n";

	private static final String END = "<!-- end -->\n";

	@Test
	void theTableOfValuesIsThatOfTheFile() {
		String readme = Chart.read("README.md");
		String before = readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length());
		String after = readme.substring(readme.indexOf(END));
		Written.check(Chart.DIRECTORY.resolve("README.md"),
				before + "\n" + ValuesTable.of(Chart.read("values.yaml")) + "\n" + after);
	}

	@Test
	void aValueNothingIsSaidOfIsNamed() {
		assertThatThrownBy(() -> ValuesTable.of("# -- Said.\na: 1\ngroup:\n  b: 2\n"))
			.hasMessage("values.yaml: nothing is said of [group.b]");
	}

	@Test
	void theChartHasTheVersionOfTheProject() {
		Matcher version = Pattern.compile("<artifactId>mcp-bridge-gateway</artifactId>\\s*<version>([^<]+)</version>")
			.matcher(Chart.read(Path.of("../pom.xml")));
		assertThat(version.find()).isTrue();
		assertThat(Yaml.map(Chart.read("Chart.yaml"))).containsEntry("appVersion", version.group(1))
			.containsEntry("version", version.group(1));
	}

	@Test
	void everyShapeTheReadmeNamesIsThere() {
		Matcher named = Pattern.compile("\\(ci/([a-z-]+)-values\\.yaml\\)").matcher(Chart.read("README.md"));
		assertThat(named.results().map((shape) -> Chart.shape(shape.group(1)))).hasSizeGreaterThan(9)
			.allMatch(Files::isRegularFile);
	}

}
