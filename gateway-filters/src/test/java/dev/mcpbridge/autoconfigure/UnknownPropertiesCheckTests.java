package dev.mcpbridge.autoconfigure;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A misspelled property is noticed, wherever it is written.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertiesCheckTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@ParameterizedTest
	@CsvSource({ "mcp.bridge.upstream.ur, mcp.bridge.upstream.url", "mcp.bridge.refresh.ahed, mcp.bridge.refresh.ahead",
			"mcp.bridge.publc-url, mcp.bridge.public-url", "mcp.bridge.stores.redis, []",
			"mcp.bridge.token.trusted-issuers[0].isuer, mcp.bridge.token.trusted-issuers[].issuer",
			"mcp.bridge.public-url[0], []", "mcp.bridge.upstream.url.more, []" })
	void aMisspelledPropertyStopsTheStartAndIsNamed(String property, String hint) {
		write(property);
		assertThatIllegalArgumentException().isThrownBy(this::check)
			.withMessageStartingWith(property + ": unknown property, in application.yaml (known: [")
			.withMessageContaining(hint)
			.withMessageNotContaining("the value");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.bridge.public-url", "mcp.bridge.publicUrl", "mcp.bridge.PUBLIC_URL",
			"mcp.bridge.mcp-paths", "mcp.bridge.mcp-paths[3]", "mcp.bridge.token.trusted-issuers[0].jwk-set-uri",
			"mcp.bridge.authorization-server.introspection.client-id", "mcp.bridge.upstream.target.mcp",
			"mcp.bridge.simulator.token-lifetime", "mcp.bridges.url", "spring.anything" })
	void whatIsKnownOrNotOursIsLeftAlone(String property) {
		write(property);
		check();
	}

	@Test
	void ofTheEnvironmentItOnlyWarns(CapturedOutput output) {
		export("MCP_BRIDGE_UPSTREAM_UR");
		check();
		assertThat(output).contains("unknown environment variable name=MCP_BRIDGE_UPSTREAM_UR")
			.doesNotContain("the value");
	}

	@ParameterizedTest
	@ValueSource(strings = { "MCP_BRIDGE_UPSTREAM_URL", "MCP_BRIDGE_PUBLICURL", "MCP_BRIDGE_PUBLIC_URL",
			"MCP_BRIDGE_MCPPATHS_0", "MCP_BRIDGE_TOKEN_TRUSTEDISSUERS_0_ISSUER", "MCP_BRIDGE_PORT",
			"MCP_BRIDGE_SERVICE_HOST", "MCP_BRIDGE_SERVICE_PORT_HTTP", "MCP_BRIDGE_PORT_8080_TCP",
			"MCP_BRIDGE_PORT_8080_TCP_ADDR", "MCP_BRIDGE_GATEWAY_SERVICE_HOST",
			"MCP_BRIDGE_REDIS_PORT_6379_TCP_PROTO" })
	void whatKubernetesPutsThereIsNotWarnedOf(String variable, CapturedOutput output) {
		export(variable);
		check();
		assertThat(output).doesNotContain("unknown environment variable");
	}

	@Test
	void allThatIsBoundIsKnown() {
		Set<String> bound = new ClassFileImporter().importPackages("dev.mcpbridge")
			.stream()
			.filter((type) -> type.isAnnotatedWith(ConfigurationProperties.class))
			.map(JavaClass::getName)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(KnownProperties.BOUND).extracting(Class::getName).containsExactlyInAnyOrderElementsOf(bound);
	}

	private void write(String property) {
		this.environment.getPropertySources()
			.addFirst(new MapPropertySource("application.yaml", Map.of(property, "the value")));
	}

	private void export(String variable) {
		this.environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(variable, "the value")));
	}

	private void check() {
		ConfigurationPropertySources.attach(this.environment);
		new UnknownPropertiesCheck(this.environment).postProcessBeanFactory(new DefaultListableBeanFactory());
	}

}
