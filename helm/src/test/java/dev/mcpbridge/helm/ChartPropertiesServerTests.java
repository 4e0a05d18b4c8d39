package dev.mcpbridge.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the chart sets is a property somewhere, and a gateway starts with it.
 */
@EnabledIf(value = "dev.mcpbridge.helm.HelmLibrary#isExpected", disabledReason = "no Helm for this processor")
class ChartPropertiesServerTests {

	static final PropertyNames properties = new PropertyNames();

	@TempDir
	Path directory = Path.of("");

	@ParameterizedTest
	@MethodSource("dev.mcpbridge.helm.ChartShapesTests#shapes")
	void everyPropertyThatIsSetIsOne(Path shape) {
		assertThat(PropertyNames.in(Chart.render(shape).configuration())).isNotEmpty().allMatch(properties::contains);
	}

	@ParameterizedTest
	@MethodSource("dev.mcpbridge.helm.ChartShapesTests#shapes")
	void soIsEveryVariable(Path shape) {
		assertThat(Chart.render(shape).environment().keySet())
			.filteredOn((name) -> !Set.of("JAVA_TOOL_OPTIONS", "TZ").contains(name))
			.isNotEmpty()
			.allMatch(properties::containsVariable);
	}

	@Test
	void aPropertyThatIsNoneIsSeen() {
		assertThat(properties.contains("mcp.bridge.public-urls")).isFalse();
		assertThat(properties.contains("spring.data.redis.sentinel.mister")).isFalse();
		assertThat(properties.containsVariable("MCP_BRIDGE_DATA_DIR")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "everything-else", "sentinel" })
	void aGatewayStartsWithTheConfiguration(String shape) throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.yaml"),
				Chart.render(Chart.shape(shape)).configurationText());
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Gateway.class)
			.web(WebApplicationType.REACTIVE)
			.run("--spring.config.location=file:" + file, "--server.port=0",
					"--mcp.bridge.authorization-server.enabled=true", "--mcp.bridge.data-dir=" + this.directory,
					"--spring.main.banner-mode=off", "--management.endpoint.health.validate-group-membership=false")) {
			assertThat(context.getEnvironment().getProperty("mcp.bridge.public-url"))
				.isEqualTo("https://mcp.example.com");
			assertThat(context.isRunning()).isTrue();
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Gateway {

	}

}
