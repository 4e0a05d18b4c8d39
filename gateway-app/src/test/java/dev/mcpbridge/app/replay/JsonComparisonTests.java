package dev.mcpbridge.app.replay;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class JsonComparisonTests {

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "{\"a\":1}; {\"a\":2}", "{\"a\":\"x\"}; {\"a\":\"y\"}", "[]; [1,2]",
					"[{\"a\":1}]; [{\"a\":2},{\"a\":3}]", "[{\"a\":1,\"b\":2},{\"a\":1}]; [{\"a\":5}]",
					"{\"t\":\"{\\\"k\\\":1}\"}; {\"t\":\"{\\\"k\\\":2}\"}", "{\"tools\":[]}; {\"tools\":[]}" })
	void theShapeIsTheSame(String then, String now) {
		assertThat(compare(false, then, now)).isEmpty();
		assertThat(compare(false, now, then)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~', value = { "{\"a\":1}; {}; x.a: number, now none",
			"{}; {\"a\":1}; x.a: none, now number", "{\"a\":1}; {\"a\":\"1\"}; x.a: number, now string",
			"{\"a\":null}; {\"a\":\"1\"}; x.a: null, now string",
			"[{\"a\":1}]; [{\"b\":1}]; x[].a: number, now none|x[].b: none, now number",
			"{\"t\":\"{\\\"k\\\":1}\"}; {\"t\":\"{\\\"l\\\":1}\"}; x.t{}.k: number, now none|x.t{}.l: none, now number",
			"{\"t\":\"{\\\"k\\\":1}\"}; {\"t\":\"no\"}; x.t: JSON in a text, now text" })
	void theShapeIsOtherwise(String then, String now, String differences) {
		assertThat(compare(false, then, now)).containsExactly(differences.split("\\|"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '~',
			value = { "{\"a\":1}; {\"a\":2}; x.a: 1, now 2", "[1,2]; [1]; x: 2 elements, now 1 elements",
					"{\"t\":\"{\\\"k\\\":1}\"}; {\"t\":\"{ \\\"k\\\": 2 }\"}; x.t{}.k: 1, now 2" })
	void valuesAreComparedIfAskedFor(String then, String now, String differences) {
		assertThat(compare(true, then, now)).containsExactly(differences.split("\\|"));
	}

	@Test
	void whatWasRedactedMayBeAnything() {
		String then = "{\"a\":\"to [~0aBcDeFgHiJkLmNo], hello\"}";
		assertThat(compare(true, then, "{\"a\":\"to jane@example.com, hello\"}")).isEmpty();
		assertThat(compare(true, then, "{\"a\":\"to jane@example.com, goodbye\"}")).hasSize(1);
	}

	@Test
	void toolsAreComparedByNameAndWithTheirValues() {
		String then = "{\"tools\":[{\"name\":\"a\",\"description\":\"x\"},{\"name\":\"b\",\"description\":\"y\"}]}";
		String now = "{\"tools\":[{\"name\":\"c\",\"description\":\"z\"},{\"name\":\"a\",\"description\":\"poison\"}]}";
		assertThat(compare(false, then, now)).containsExactly("x.tools[a].description: \"x\", now \"poison\"",
				"x.tools[b]: there, now none", "x.tools[c]: none, now there");
	}

	private static List<String> compare(boolean values, String then, String now) {
		JsonMapper json = JsonMapper.shared();
		return new JsonComparison(values).compare("x", json.readTree(then), json.readTree(now))
			.stream()
			.map(Difference::toString)
			.toList();
	}

}
