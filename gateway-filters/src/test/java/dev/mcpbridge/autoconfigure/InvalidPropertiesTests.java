package dev.mcpbridge.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.validation.Validator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every property with a limit has a value beyond it here, and that value stops the start
 * with a sentence that names it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvalidPropertiesTests {

	private static final Path PAGE = Path.of("docs/configuration.md");

	/** Properties, and a value each that cannot be used; more settings after a comma. */
	private static final Map<String, String> INVALID = new TreeMap<>(Map.ofEntries(
			Map.entry("mcp.bridge.public-url", "ftp://gateway.example"),
			Map.entry("mcp.bridge.allowed-hosts", "https://gateway.example"),
			Map.entry("mcp.bridge.mcp-paths", "/mcp/"), Map.entry("mcp.bridge.data-dir", "/proc/none"),
			Map.entry("mcp.bridge.keys", "/nowhere/keys.json"),
			Map.entry("mcp.bridge.store-timeout", "0s,mcp.bridge.store=redis"),
			Map.entry("mcp.bridge.authorization-server.consent", "never,mcp.bridge.upstream.registration=per-client"),
			Map.entry("mcp.bridge.authorization-server.remember-for", "0s"),
			Map.entry("mcp.bridge.authorization-server.login-lifetime", "0s"),
			Map.entry("mcp.bridge.authorization-server.code-lifetime", "0s"),
			Map.entry("mcp.bridge.authorization-server.introspection.client-id", "x"),
			Map.entry("mcp.bridge.token.lifetime", "1ms"), Map.entry("mcp.bridge.token.refresh-lifetime", "0s"),
			Map.entry("mcp.bridge.token.refresh-grace", "-1s"), Map.entry("mcp.bridge.refresh.ahead", "-1s"),
			Map.entry("mcp.bridge.refresh.active-window", "-1s"), Map.entry("mcp.bridge.refresh.background-rate", "-1"),
			Map.entry("mcp.bridge.refresh.replay-limit", "-1B"), Map.entry("mcp.bridge.stream.drain", "29s"),
			Map.entry("mcp.bridge.upstream.url", "https://mcp.example/path"),
			Map.entry("mcp.bridge.upstream.mcp-path", ",mcp.bridge.upstream.profile=custom"),
			Map.entry("mcp.bridge.upstream.transports", "sse,mcp.bridge.upstream.profile=atlassian-v2"),
			Map.entry("mcp.bridge.upstream.client-id", ",mcp.bridge.upstream.registration=static"),
			Map.entry("mcp.bridge.upstream.connect-timeout", "0s"),
			Map.entry("mcp.bridge.upstream.answer-timeout", "0s"), Map.entry("mcp.bridge.upstream.answer-size", "0"),
			Map.entry("mcp.bridge.upstream.metadata-cache", "-1s"),
			Map.entry("mcp.bridge.upstream.token-lifetime", "-1s"), Map.entry("mcp.bridge.health.store-grace", "-1s"),
			Map.entry("mcp.bridge.translation.max-message", "0"), Map.entry("mcp.bridge.translation.idle", "0s"),
			Map.entry("mcp.bridge.translation.max-sessions", "0"), Map.entry("mcp.bridge.translation.max-waiting", "0"),
			Map.entry("mcp.bridge.cors.allowed-origins", "https://app.example/path"),
			Map.entry("mcp.bridge.cors.allowed-headers", "not a name"), Map.entry("mcp.bridge.cors.max-age", "-1s"),
			Map.entry("mcp.bridge.relay.buffer", "65MB"), Map.entry("mcp.bridge.relay.history", "0s"),
			Map.entry("mcp.bridge.relay.lifetime", "0s"), Map.entry("mcp.bridge.relay.channels", "0"),
			Map.entry("mcp.bridge.store-recheck", "-1s"), Map.entry("mcp.bridge.token.cache-size", "-1"),
			Map.entry("mcp.bridge.tools.policy", "nowhere"), Map.entry("mcp.bridge.tools.unknown", "unknown"),
			Map.entry("mcp.bridge.tools.classes.read", "one,mcp.bridge.tools.classes.write=one"),
			Map.entry("mcp.bridge.tools.classes.search", "one,mcp.bridge.tools.classes.write=one"),
			Map.entry("mcp.bridge.tools.classes.write", "one,mcp.bridge.tools.classes.search=one"),
			Map.entry("mcp.bridge.tools.classes.delete", "one,mcp.bridge.tools.classes.read=one"),
			Map.entry("mcp.bridge.tools.max-request", "0B"), Map.entry("mcp.bridge.tools.max-answer", "0B"),
			Map.entry("mcp.bridge.limits.at-once", "-1"), Map.entry("mcp.bridge.limits.queue", "-1"),
			Map.entry("mcp.bridge.limits.max-wait", "11m"), Map.entry("mcp.bridge.limits.max-hold", "0s"),
			Map.entry("mcp.bridge.limits.retries", "6"),
			Map.entry("mcp.bridge.audit.file-size", "1B,mcp.bridge.audit.enabled=true"),
			Map.entry("mcp.bridge.audit.files", "-1,mcp.bridge.audit.enabled=true"),
			Map.entry("mcp.bridge.audit.buffer", "0,mcp.bridge.audit.enabled=true"),
			Map.entry("mcp.bridge.audit.person",
					"pseudonym,mcp.bridge.audit.enabled=true,mcp.bridge.authorization-server.enabled=false"),
			Map.entry("mcp.bridge.notices.patterns", "["), Map.entry("mcp.bridge.notices.max-answer", "1B"),
			Map.entry("mcp.bridge.catalogue.pin-file", "/etc/hosts,mcp.bridge.catalogue.enabled=true"),
			Map.entry("mcp.bridge.catalogue.share", "0s,mcp.bridge.catalogue.enabled=true"),
			Map.entry("mcp.bridge.record.ratio", "0"), Map.entry("mcp.bridge.record.max-body", "0"),
			Map.entry("mcp.bridge.record.max-file", "0"), Map.entry("mcp.bridge.record.max-files", "0"),
			Map.entry("mcp.bridge.record.max-total", "1MB"), Map.entry("mcp.bridge.record.buffer", "0"),
			Map.entry("mcp.bridge.record.redact-paths", "a..b")));

	private final ReactiveWebApplicationContextRunner runner;

	/** One directory, so that its keys are made once. */
	InvalidPropertiesTests(@TempDir Path directory) {
		this.runner = new ReactiveWebApplicationContextRunner().withUserConfiguration(Bridge.class)
			.withPropertyValues("mcp.bridge.data-dir=" + directory.resolve("data"), "mcp.bridge.store=memory",
					"mcp.bridge.authorization-server.enabled=true");
	}

	static Stream<Arguments> invalid() {
		return INVALID.entrySet().stream().map((entry) -> Arguments.of(entry.getKey(), entry.getValue()));
	}

	@ParameterizedTest
	@MethodSource("invalid")
	void stopsTheStartAndIsNamed(String property, String values) {
		String[] settings = (property + "=" + values).split(",");
		this.runner.withPropertyValues(settings).run((context) -> {
			Throwable failure = Objects.requireNonNull(context.getStartupFailure());
			FailureAnalysis analysis = Objects.requireNonNull(new ConfigurationFailureAnalyzer().analyze(failure));
			assertThat(plain(analysis.getDescription())).contains(plain(property), "(expected");
		});
	}

	@Test
	void everyPropertyWithALimitIsHere() throws IOException {
		Set<String> limited = Pattern.compile("(?m)^\\| `(mcp\\.bridge\\.[^`]+)`(?: \\|[^|]*){3} \\|([^|]+)\\|")
			.matcher(Files.readString(PAGE))
			.results()
			.filter((row) -> !row.group(2).isBlank())
			.map((row) -> row.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(limited).hasSizeGreaterThan(20);
		assertThat(INVALID.keySet()).containsAll(limited);
	}

	/** Some are named by the argument of a filter, in camel case. */
	private static String plain(String name) {
		return name.replace("-", "").toLowerCase(Locale.ROOT);
	}

	/** What all of the gateway would need is left out: it takes a second to start. */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ McpBridgeAutoConfiguration.class, McpFilterAutoConfiguration.class,
			McpStoreAutoConfiguration.class, McpGrantAutoConfiguration.class, McpRefreshAutoConfiguration.class,
			McpAuthorizationServerAutoConfiguration.class, McpResourceMetadataAutoConfiguration.class,
			McpRelayAutoConfiguration.class, McpTranslationAutoConfiguration.class, McpHealthAutoConfiguration.class,
			McpLimitsAutoConfiguration.class, McpAuditAutoConfiguration.class, McpCatalogueAutoConfiguration.class,
			McpNoticesAutoConfiguration.class, McpRecordAutoConfiguration.class, McpToolsAutoConfiguration.class })
	static class Bridge {

		@Bean
		GatewayProperties gateway() {
			return new GatewayProperties();
		}

		@Bean
		ConfigurationService configuration(BeanFactory beans, ObjectProvider<ConversionService> conversion,
				ObjectProvider<Validator> validator) {
			return new ConfigurationService(beans, conversion, validator);
		}

		@Bean
		RouteLocator routes() {
			return Flux::empty;
		}

		@Bean
		ReactiveStringRedisTemplate redis() {
			LettuceConnectionFactory nobody = new LettuceConnectionFactory();
			return new ReactiveStringRedisTemplate(nobody);
		}

	}

}
