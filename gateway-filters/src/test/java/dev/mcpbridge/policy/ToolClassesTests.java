package dev.mcpbridge.policy;

import java.util.List;
import java.util.Map;

import dev.mcpbridge.policy.ToolClasses.Role;
import dev.mcpbridge.simulator.AtlassianSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ToolClassesTests {

	private final ToolClasses classes = ToolClasses.standard();

	@Test
	void everyToolOfTheCapturedCatalogueHasAClass() throws Exception {
		JsonNode catalogue = JsonMapper.shared()
			.readTree(AtlassianSimulator.class.getResourceAsStream("mcp/tools.json"))
			.path("atlassian");
		List<String> names = catalogue.values().stream().map((tool) -> tool.path("name").asString()).toList();
		assertThat(names).hasSize(24).allMatch(this.classes::isKnown);
	}

	@ParameterizedTest
	@CsvSource({ "getJiraIssue, READ", "searchJiraIssuesUsingJql, SEARCH", "createJiraIssue, WRITE",
			"deleteJiraIssue, DELETE", "executeDestructive, DELETE", "nobodyKnowsThis, UNKNOWN" })
	void aToolIsOfItsClass(String tool, ToolClass expected) {
		assertThat(this.classes.classOf(tool)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "CreateJiraIssue", "createJiraIssue ", "create_jira_issue", "CREATEJIRAI\u017f\u017fue",
			"create.Jira.Issue", "\u212areateJiraIssue" })
	void anotherSpellingIsAnotherTool(String tool) {
		assertThat(this.classes.isKnown(tool)).isFalse();
		assertThat(this.classes.classOf(tool)).isEqualTo(ToolClass.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "CreateJiraIssue", "createJiraIssue ", "create_jira_issue", "CREATEJIRAI\u017f\u017fue",
			"create.Jira.Issue" })
	void anotherSpellingIsALookAlike(String tool) {
		assertThat(this.classes.isLookAlike(tool)).isTrue();
	}

	@Test
	void aKnownNameIsNoLookAlike() {
		assertThat(this.classes.isLookAlike("createJiraIssue")).isFalse();
		assertThat(this.classes.isLookAlike("somethingElse")).isFalse();
	}

	@Test
	void whatIsConfiguredStandsInPlaceOfWhatIsKnown() {
		ToolClasses configured = this.classes.with(Map.of("createJiraIssue", ToolClass.READ, "mine", ToolClass.WRITE));
		assertThat(configured.classOf("createJiraIssue")).isEqualTo(ToolClass.READ);
		assertThat(configured.classOf("mine")).isEqualTo(ToolClass.WRITE);
		assertThat(configured.isLookAlike("MINE")).isTrue();
		assertThat(this.classes.isKnown("mine")).isFalse();
	}

	@Test
	void aToolSaysWhatItsArgumentsAreFor() {
		assertThat(this.classes.argument("executeWrite", Role.RUNS)).contains("name");
		assertThat(this.classes.argument("createJiraIssue", Role.PROJECT)).contains("projectKey");
		assertThat(this.classes.argument("createJiraIssue", Role.RUNS)).isEmpty();
		assertThat(this.classes.argument("nobodyKnowsThis", Role.ISSUE)).isEmpty();
	}

}
