package dev.mcpbridge.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.mcpbridge.McpBridgeGatewayFilterFactory;
import dev.mcpbridge.McpFilters;
import dev.mcpbridge.access.McpBridgeTokenGatewayFilterFactory;
import dev.mcpbridge.access.McpChallengeGatewayFilterFactory;
import dev.mcpbridge.authorization.AuthorizationServerSettings;
import dev.mcpbridge.bridge.BridgeTokens;
import dev.mcpbridge.exchange.McpFilterFactory;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.headers.McpCorsGatewayFilterFactory;
import dev.mcpbridge.headers.McpHeadersGatewayFilterFactory;
import dev.mcpbridge.refresh.GrantKeeper;
import dev.mcpbridge.request.RequestIds;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.EmbeddedStore;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.stream.McpStreamGatewayFilterFactory;
import dev.mcpbridge.testing.DataDirectory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.web.reactive.function.server.RouterFunction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is there, by what is configured.
 */
class AutoConfigurationTests {

	private final Path data;

	private final ReactiveWebApplicationContextRunner runner;

	AutoConfigurationTests(@TempDir Path directory) {
		this.data = directory.resolve("data");
		this.runner = new ReactiveWebApplicationContextRunner().withUserConfiguration(Everything.class)
			.withPropertyValues("mcp.bridge.data-dir=" + this.data);
	}

	@Test
	void aloneThereAreFiltersWithoutKeysAndEndpoints() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(McpChallengeGatewayFilterFactory.class)
				.hasSingleBean(McpHeadersGatewayFilterFactory.class)
				.hasSingleBean(McpCorsGatewayFilterFactory.class)
				.hasSingleBean(McpStreamGatewayFilterFactory.class)
				.doesNotHaveBean(McpBridgeTokenGatewayFilterFactory.class)
				.doesNotHaveBean(KeyFile.class)
				.doesNotHaveBean(BridgeStore.class)
				.doesNotHaveBean(RouterFunction.class);
			assertThat(this.data).doesNotExist();
		});
	}

	@Test
	void withTheAuthorizationServerThereAreKeysGrantsAndEndpoints() {
		newAuthorizationServer().run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(McpFilters.class)
				.hasSingleBean(KeyFile.class)
				.hasSingleBean(Grants.class)
				.hasSingleBean(GrantKeeper.class)
				.hasSingleBean(EmbeddedStore.class);
			assertThat(context.getBeanNamesForType(RouterFunction.class)).containsExactlyInAnyOrder(
					"mcpAuthorizationServerRoutes", "mcpResourceMetadataRoutes", "mcpDiagnosticStreamRoutes");
			assertThat(this.data.resolve("keys.json")).isRegularFile();
			assertThat(this.data.resolve("store.db")).isRegularFile();
		});
	}

	@Test
	void withTrustedIssuersOnlyThereAreTokensButNoKeysAndNoFrontDesk() {
		this.runner
			.withPropertyValues("mcp.bridge.token.trusted-issuers[0].issuer=https://bridge.example",
					"mcp.bridge.token.trusted-issuers[0].secret=" + "s".repeat(32),
					"mcp.bridge.token.trusted-issuers[0].audience=")
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.hasSingleBean(BridgeTokens.class)
					.hasSingleBean(McpBridgeGatewayFilterFactory.class)
					.doesNotHaveBean(KeyFile.class)
					.doesNotHaveBean(Grants.class)
					.doesNotHaveBean(AuthorizationServerSettings.class)
					.hasBean("mcpResourceMetadataRoutes");
				assertThat(this.data).doesNotExist();
				assertThat(context.getBean(McpTokenProperties.class).toString()).doesNotContain("ssss");
			});
	}

	@Test
	void withKeysOnlyTokensAreAcceptedAndNoneIsIssued() throws Exception {
		Path keys = this.data.resolveSibling("own.json");
		KeyFile.openOrCreate(keys);
		this.runner.withPropertyValues("mcp.bridge.keys=" + keys.toUri()).run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(McpBridgeTokenGatewayFilterFactory.class)
				.doesNotHaveBean(AuthorizationServerSettings.class)
				.hasBean("mcpResourceMetadataRoutes");
			assertThat(this.data.resolve("keys.json")).doesNotExist();
		});
		assertThat(Files.exists(keys)).isTrue();
	}

	@Test
	void theOperatorsEndpointIsThereWhereItIsExposed() {
		String exposed = "management.endpoints.web.exposure.include=mcpbridge";
		authorizationServer().run((context) -> assertThat(context).doesNotHaveBean(McpBridgeEndpoint.class));
		authorizationServer().withPropertyValues(exposed)
			.run((context) -> assertThat(context).hasSingleBean(McpBridgeEndpoint.class));
		authorizationServer().withPropertyValues(exposed, "management.endpoint.mcpbridge.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(McpBridgeEndpoint.class));
		this.runner.withPropertyValues(exposed)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(McpBridgeEndpoint.class));
	}

	@Test
	void withoutTheActuatorThereIsEverythingElse() {
		authorizationServer().withPropertyValues("management.endpoints.web.exposure.include=mcpbridge")
			.withClassLoader(new FilteredClassLoader(ConditionalOnAvailableEndpoint.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Grants.class)
				.doesNotHaveBean("mcpBridgeEndpoint"));
	}

	@Test
	void whereNothingCarriesContextsRequestsHaveIdsStill() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.context"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(RequestIds.class));
	}

	@Test
	void whatAUserBringsIsUsed() {
		Clock clock = Clock.systemUTC();
		MemoryStore store = new MemoryStore(clock, 10);
		authorizationServer().withBean(Clock.class, () -> clock)
			.withBean("ownStore", BridgeStore.class, () -> store)
			.run((context) -> {
				assertThat(context.getBean(InstantSource.class)).isSameAs(clock);
				assertThat(context.getBean("ownStore")).isSameAs(store);
				assertThat(context).doesNotHaveBean("mcpStore");
			});
	}

	@ParameterizedTest
	@CsvSource({ "mcp-cors,McpCors", "mcp-challenge,McpChallenge", "mcp-bridge-token,McpBridgeToken",
			"mcp-headers,McpHeaders", "mcp-stream,McpStream", "mcp-bridge,McpBridge" })
	void eachFilterCanBeSwitchedOff(String property, String name) {
		authorizationServer()
			.withPropertyValues("spring.cloud.gateway.server.webflux.filter.%s.enabled=false".formatted(property))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeanNamesForType(McpFilterFactory.class)).isNotEmpty()
					.doesNotContain("m" + name.substring(1) + "GatewayFilterFactory");
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"mcp.bridge.public-url=http://gateway.example|mcp.bridge.public-url: http://gateway.example (expected: an https URL, or http on a loopback host)",
			"mcp.bridge.public-url=gateway|mcp.bridge.public-url: gateway (expected",
			"mcp.bridge.public-url=https://gw/?x=1|expected: a URL without query or fragment",
			"mcp.bridge.mcp-paths=mcp|mcp.bridge.mcp-paths: mcp (expected: a path such as /mcp)",
			"mcp.bridge.upstream.url=http://mcp.example|http://mcp.example",
			"mcp.bridge.upstream.url=mcp.example|mcp.bridge.upstream.url",
			"mcp.bridge.keys=/nowhere/keys.json|mcp.bridge.keys: /nowhere/keys.json (expected: a readable JWK set file",
			"mcp.bridge.token.lifetime=1ms|mcp.bridge.token.lifetime: PT0.001S (expected: at least 1s, or empty)",
			"mcp.bridge.token.refresh-grace=-1s|mcp.bridge.token.refresh-grace: PT-1S (expected: 0 or more, such as 2h)",
			"mcp.bridge.authorization-server.introspection.client-id=x|introspection.client-id and .client-secret: only client-id (expected: both or neither)",
			"mcp.bridge.authorization-server.introspection.client-secret=x|only client-secret (expected: both or neither)",
			"mcp.bridge.token.trusted-issuers[0].issuer=https://x|exactly one of them",
			"mcp.bridge.relay.buffer=65MB|mcp.bridge.relay.buffer: 68157440B (expected: 1B to 64MB)",
			"mcp.bridge.relay.history=999ms|mcp.bridge.relay.history: PT0.999S (expected: at least 1s)",
			"mcp.bridge.relay.lifetime=0|mcp.bridge.relay.lifetime: PT0S (expected: at least 1s)",
			"mcp.bridge.relay.channels=0|mcp.bridge.relay.channels: 0 (expected: at least 1)",
			"mcp.bridge.upstream.ur=https://x|mcp.bridge.upstream.ur: unknown property, in test (known: [",
			"mcp.bridge.upstream.profile=atlasian|mcp.bridge.upstream.profile",
			"mcp.bridge.store=etcd|mcp.bridge.store" })
	void whatIsWrongStopsTheStartAndIsNamed(String property, String message) {
		authorizationServer().withPropertyValues(property)
			.run((context) -> assertThat(context.getStartupFailure()).hasStackTraceContaining(message));
	}

	@Test
	void plainHttpIsAcceptedWhenItIsAskedFor() {
		authorizationServer()
			.withPropertyValues("mcp.bridge.public-url=http://gateway.example", "mcp.bridge.insecure-http=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "per-client", "static" })
	void consentIsNeverSkippedWithOneUpstreamClientForSeveral(String registration) {
		authorizationServer()
			.withPropertyValues("mcp.bridge.authorization-server.consent=never", "mcp.bridge.upstream.client-id=x",
					"mcp.bridge.upstream.registration=" + registration)
			.run((context) -> assertThat(context.getStartupFailure()).hasStackTraceContaining(
					"mcp.bridge.authorization-server.consent: never (expected: remember or always"));
		authorizationServer().withPropertyValues("mcp.bridge.authorization-server.consent=never")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void filtersPrintTheirArguments() {
		authorizationServer().run((context) -> {
			McpFilters filters = context.getBean(McpFilters.class);
			GatewayFilter token = filters.bridgeToken();
			assertThat(token.toString()).contains("McpBridgeToken", "refreshAhead=PT5M", "replayLimit=262144B");
			assertThat(filters.challenge().toString()).contains("McpChallenge", "body=OAUTH");
			assertThat(filters.bridge().toString()).contains("McpBridge", "heartbeat=PT15S");
		});
	}

	@Test
	void secretsOfPropertiesArePrintedNowhere() {
		authorizationServer()
			.withPropertyValues("mcp.bridge.upstream.registration=static", "mcp.bridge.upstream.client-id=x",
					"mcp.bridge.upstream.client-secret=TOPSECRET")
			.run((context) -> assertThat(context.getBean(McpUpstreamProperties.class).toString())
				.doesNotContain("TOPSECRET"));
	}

	@ParameterizedTest
	@CsvSource({ "atlassian-v1,/v1/mcp,/v1/sse", "atlassian-authv2,/v1/mcp/authv2,", "atlassian-v2,/v2/mcp,",
			"atlassian-sse,,/v1/sse" })
	void routesCanNameThePathsOfTheProfile(String profile, @Nullable String mcpPath, @Nullable String ssePath) {
		StandardEnvironment environment = environment(Map.of("mcp.bridge.upstream.profile", profile));
		assertThat(environment.getProperty("mcp.bridge.upstream.mcp-path")).isEqualTo(mcpPath);
		assertThat(environment.getProperty("mcp.bridge.upstream.sse-path")).isEqualTo(ssePath);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					profile=atlassian-v1                         | SSE,STREAMABLE | /v1/mcp        | /v1/sse        | /v1/sse/message
					profile=atlassian-authv2                     | STREAMABLE     | /v1/mcp/authv2 | /v1/mcp/authv2 | /v1/mcp/authv2
					profile=atlassian-sse                        | SSE            | /v1/sse        | /v1/sse        | /v1/sse/message
					profile=atlassian-v1;transports=streamable   | STREAMABLE     | /v1/mcp        | /v1/mcp        | /v1/mcp
					profile=atlassian-v1;transports=sse          | SSE            | /v1/sse        | /v1/sse        | /v1/sse/message
					profile=custom;sse-path=/s                   | SSE            | /s             | /s             | /s/message
					profile=custom;sse-path=/s;message-path=/m   | SSE            | /s             | /s             | /m
					profile=custom;mcp-path=/x                   | STREAMABLE     | /x             | /x             | /x""")
	void routesGoWhereTheUpstreamSpeaksATransport(String settings, String transports, String mcp, String sse,
			String message) {
		Map<String, Object> properties = Stream.of(settings.split(";"))
			.map((setting) -> setting.split("="))
			.collect(Collectors.toMap((setting) -> "mcp.bridge.upstream." + setting[0], (setting) -> setting[1]));
		StandardEnvironment environment = environment(properties);
		assertThat(environment.getProperty("mcp.bridge.upstream.transports")).isEqualToIgnoringCase(transports.strip());
		assertThat(environment.getProperty("mcp.bridge.upstream.target.mcp")).isEqualTo(mcp);
		assertThat(environment.getProperty("mcp.bridge.upstream.target.sse")).isEqualTo(sse);
		assertThat(environment.getProperty("mcp.bridge.upstream.target.message")).isEqualTo(message);
	}

	@Test
	void aConfiguredPathStands() {
		StandardEnvironment environment = environment(Map.of("mcp.bridge.upstream.mcp-path", "/own"));
		assertThat(environment.getProperty("mcp.bridge.upstream.mcp-path")).isEqualTo("/own");
		assertThat(environment.resolvePlaceholders("${mcp.bridge.upstream.sse-path}/message"))
			.isEqualTo("/v1/sse/message");
	}

	private ReactiveWebApplicationContextRunner authorizationServer() {
		DataDirectory.furnished(this.data);
		return newAuthorizationServer();
	}

	private ReactiveWebApplicationContextRunner newAuthorizationServer() {
		return this.runner.withPropertyValues("mcp.bridge.authorization-server.enabled=true");
	}

	private static StandardEnvironment environment(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		new ProfilePaths().postProcessEnvironment(environment, new SpringApplication());
		return environment;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Everything {

	}

}
