package dev.mcpbridge.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.mcpbridge.audit.AuditedCalls;
import dev.mcpbridge.catalogue.Catalogue;
import dev.mcpbridge.limit.CallLimits;
import dev.mcpbridge.notice.Notices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The configurations of the pages about limits, audit, catalogue and notices start a
 * gateway.
 */
class ControlDocsTests {

	private static final Pattern YAML = Pattern.compile("(?ms)^```yaml$(.*?)^```$");

	private static final Map<String, Class<?>> PAGES = Map.of("limits", CallLimits.class, "audit", AuditedCalls.class,
			"catalogue", Catalogue.class, "notices", Notices.class);

	final Path directory;

	ControlDocsTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@ParameterizedTest
	@MethodSource("configurations")
	void everyConfigurationStartsAGateway(Class<?> part, String yaml) throws IOException {
		Path hashes = Files.createFile(this.directory.resolve("tools.txt"));
		String here = yaml.replace("/etc/mcp-bridge/tools.txt", hashes.toString());
		new ReactiveWebApplicationContextRunner().withUserConfiguration(InvalidPropertiesTests.Bridge.class)
			.withPropertyValues("mcp.bridge.data-dir=" + this.directory.resolve("data"), "mcp.bridge.store=memory",
					"mcp.bridge.authorization-server.enabled=true")
			.withInitializer((context) -> load(here)
				.forEach((source) -> context.getEnvironment().getPropertySources().addFirst(source)))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(part));
	}

	@Test
	void everyPageHasSome() throws IOException {
		assertThat(configurations().map((arguments) -> arguments.get()[0])).containsOnly(PAGES.values().toArray())
			.hasSizeGreaterThan(4);
	}

	@Test
	void everyMemberOfARuleIsDocumentedWithItsDefault() throws IOException {
		Map<String, String> members = new TreeMap<>();
		for (var parameter : McpLimitsProperties.Rule.class.getDeclaredConstructors()[0].getParameters()) {
			DefaultValue value = parameter.getAnnotation(DefaultValue.class);
			members.put(parameter.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT),
					(value != null) ? String.join(",", value.value()) : "");
		}
		Map<String, String> documented = new TreeMap<>();
		Pattern.compile("(?m)^\\| `([a-z-]+)` \\|[^|]+\\|([^|]*)\\|")
			.matcher(Files.readString(Path.of("docs/limits.md")))
			.results()
			.forEach((row) -> documented.put(row.group(1), row.group(2).replace("`", "").strip()));
		assertThat(documented).isEqualTo(members);
	}

	@ParameterizedTest
	@ValueSource(strings = { "name=Mine", "rate=0", "rate=-1", "period=0s", "at-once=-1", "burst=-1" })
	void aRuleThatCannotBeMeantStopsTheStart(String member) {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(McpBridgeAutoConfiguration.class, McpLimitsAutoConfiguration.class))
			.withPropertyValues("mcp.bridge.limits.rules[0].name=mine", "mcp.bridge.limits.rules[0].rate=1",
					"mcp.bridge.limits.enabled=true", "mcp.bridge.limits.rules[0]." + member)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("mcp.bridge.limits.rules." + member.split("=")[0])
				.hasMessageContaining("(expected: "));
	}

	static Stream<Arguments> configurations() throws IOException {
		Stream.Builder<Arguments> all = Stream.builder();
		for (String page : PAGES.keySet()) {
			YAML.matcher(Files.readString(Path.of("docs", page + ".md")))
				.results()
				.forEach((block) -> all.add(Arguments.of(Objects.requireNonNull(PAGES.get(page)), block.group(1))));
		}
		return all.build();
	}

	private static List<PropertySource<?>> load(String yaml) {
		try {
			return new YamlPropertySourceLoader().load("page",
					new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
