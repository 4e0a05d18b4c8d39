package dev.mcpbridge.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/configuration.md} names every property there is, and no other.
 */
class ConfigurationDocsTests {

	private static final Path PAGE = Path.of("docs/configuration.md");

	private static final String PROPERTY = "`(mcp\\.bridge|management\\.endpoint)\\.";

	private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

	@Test
	void everyPropertyIsDocumentedWithItsDefault() throws IOException {
		Map<String, String> documented = new TreeMap<>();
		rows(PROPERTY).forEach((row) -> documented.put(row.get(0), row.get(3)));
		assertThat(documented).isEqualTo(properties());
	}

	@Test
	void theEnvironmentFormIsSpringBoots() throws IOException {
		assertThat(rows(PROPERTY)).allSatisfy((row) -> assertThat(row.get(1))
			.isEqualTo(row.get(0).replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT)));
	}

	@Test
	void everyMemberOfATrustedIssuerIsDocumentedWithItsDefault() throws IOException {
		Map<String, String> members = new TreeMap<>();
		for (var parameter : McpTokenProperties.Issuer.class.getDeclaredConstructors()[0].getParameters()) {
			DefaultValue value = parameter.getAnnotation(DefaultValue.class);
			members.put(kebab(parameter.getName()), (value != null) ? String.join(",", value.value()) : "");
		}
		Map<String, String> documented = new TreeMap<>();
		rows("`(issuer|jwk-set-uri|secret|audience|claim)`").forEach((row) -> documented.put(row.get(0), row.get(2)));
		assertThat(documented).isEqualTo(members);
	}

	@Test
	void everyPropertyIsDescribedInPlainText() throws IOException {
		assertThat(metadata()).allSatisfy(
				(property) -> assertThat(property.path("description").asString("")).as(property.get("name").asString())
					.isNotBlank()
					.doesNotContain("{@"));
	}

	private static Map<String, String> properties() throws IOException {
		Map<String, String> properties = new TreeMap<>();
		metadata().forEach((property) -> properties.put(property.get("name").asString(),
				property.path("defaultValue").asString("").replaceAll("[\\[\\]]", "").replace(", ", ",")));
		return properties;
	}

	private static List<JsonNode> metadata() throws IOException {
		return JsonMapper.shared().readTree(Files.readString(METADATA)).get("properties").valueStream().toList();
	}

	/** The cells of the rows that begin so, without the marks of code. */
	private static List<List<String>> rows(String start) throws IOException {
		Pattern row = Pattern.compile("\\| " + start + ".*");
		try (Stream<String> lines = Files.lines(PAGE)) {
			return lines.filter((line) -> row.matcher(line).matches())
				.map((line) -> Arrays.stream(line.substring(1).split("\\|"))
					.map((cell) -> cell.strip().replace("`", ""))
					.toList())
				.toList();
		}
	}

	private static String kebab(String name) {
		return ConfigurationPropertyName.of(name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT)).toString();
	}

}
