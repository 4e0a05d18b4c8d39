package dev.mcpbridge.boards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each alert says what is wrong and where to read on, and is tested both ways; the
 * operations guide has a section for each, and for nothing that is none.
 */
class RuleDocsTests {

	private final Guide guide = new Guide();

	private final DocumentedMetrics documented = new DocumentedMetrics();

	@Test
	void everyAlertSaysWhatIsWrongAndWhereToReadOn() {
		assertThat(Rules.alerts()).hasSizeGreaterThan(20).allSatisfy((alert) -> {
			assertThat(alert.label("severity")).as(alert.name()).isIn("critical", "warning");
			assertThat(alert.annotation("summary")).as(alert.name()).endsWith(".").hasSizeBetween(15, 70);
			assertThat(alert.annotation("description")).as(alert.name()).hasSizeGreaterThan(40);
			assertThat(alert.annotation("runbook_url"))
				.isEqualTo("gateway-app/docs/operations.md#" + alert.name().toLowerCase(Locale.ROOT));
		});
	}

	@Test
	void theGuideHasASectionForEachAlertAndForNoOther() {
		assertThat(this.guide.sections().keySet()).isEqualTo(names());
	}

	@Test
	void everySectionSaysWhatToLookAtWhatToDoAndWhenToLetItBe() {
		assertThat(this.guide.sections()).isNotEmpty()
			.allSatisfy((alert, section) -> assertThat(section).as(alert)
				.contains("**Means.**", "**Who notices.**", "**Look at.**", "```promql", "**Do.**", "**Leave it**"));
	}

	@Test
	void theGuideAsksForWhatIsDocumented() {
		assertThat(this.guide.queries()).hasSizeGreaterThan(40)
			.allSatisfy((query) -> assertThat(new PromQl(query).selectors()).as(query).isNotEmpty())
			.flatMap((query) -> this.documented.unknownIn(new PromQl(query)))
			.isEmpty();
	}

	@Test
	void everyAlertIsTestedBothWays() throws IOException {
		Set<String> begun = new TreeSet<>();
		Set<String> notBegun = new TreeSet<>();
		try (Stream<Path> files = Files.list(Rules.TESTS)) {
			for (Path file : files.toList()) {
				JsonNode tests = JsonMapper.shared().valueToTree(new Yaml().load(Files.readString(file)));
				tests.get("tests").forEach((test) -> test.get("alert_rule_test").forEach((expectation) -> {
					boolean begins = !expectation.get("exp_alerts").isEmpty();
					(begins ? begun : notBegun).add(expectation.get("alertname").asString());
				}));
			}
		}
		assertThat(begun).isEqualTo(names());
		assertThat(notBegun).isEqualTo(names());
	}

	@Test
	void everyRuleAsksForWhatIsDocumentedOrRecorded() {
		List<String> recorded = Rules.all().stream().map(Rules.Rule::name).toList();
		assertThat(Rules.all()).allSatisfy((rule) -> assertThat(new PromQl(rule.expr()).selectors()).isNotEmpty())
			.flatMap((rule) -> this.documented.unknownIn(new PromQl(rule.expr())))
			.isSubsetOf(recorded);
	}

	private static Set<String> names() {
		return Rules.alerts().stream().map(Rules.Rule::name).collect(Collectors.toCollection(TreeSet::new));
	}

}
