package dev.mcpbridge.simulator.mcp;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QueryTests {

	private static final Map<String, String> ISSUE = Map.of("project", "ACME", "status", "In Progress", "text",
			"Ignition fails in cold weather");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			project = ACME                                   | true
			project = acme AND status = "In Progress"        | true
			status != Done and text ~ "cold*" ORDER BY key   | true
			status IN ("To Do", "In Progress")               | true
			status in (Done)                                 | false
			project = OPS                                    | false
			status != 'In Progress'                          | false
			ORDER BY created DESC                            | true
			""")
	void joinsItsClauses(String text, boolean matches) {
		assertThat(Query.parse(text).matches((field) -> ISSUE.getOrDefault(field, ""))).isEqualTo(matches);
	}

	@Test
	void saysWhatItDoesNotUnderstand() {
		assertThatExceptionOfType(ToolFailure.class).isThrownBy(() -> Query.parse("project is nice"))
			.withMessageContaining("project is nice");
	}

}
