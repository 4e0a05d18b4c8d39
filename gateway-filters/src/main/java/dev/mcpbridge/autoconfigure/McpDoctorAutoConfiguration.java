package dev.mcpbridge.autoconfigure;

import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Collectors;

import dev.mcpbridge.authorization.AuthorizationServerSettings;
import dev.mcpbridge.doctor.Check;
import dev.mcpbridge.doctor.ConfigurationCheck;
import dev.mcpbridge.doctor.DiagnosticStream;
import dev.mcpbridge.doctor.Doctor;
import dev.mcpbridge.doctor.KeysCheck;
import dev.mcpbridge.doctor.PublicRound;
import dev.mcpbridge.doctor.PublicSettings;
import dev.mcpbridge.doctor.Requests;
import dev.mcpbridge.doctor.StoreFileCheck;
import dev.mcpbridge.doctor.StoredValuesCheck;
import dev.mcpbridge.doctor.UpstreamRound;
import dev.mcpbridge.doctor.redis.RedisCheck;
import dev.mcpbridge.oauth.ProtectedResources;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.translation.Transport;
import dev.mcpbridge.upstream.Upstream;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The doctor, and the stream by which it sees what a proxy does to streams; wherever
 * tokens are accepted.
 */
@AutoConfiguration(after = { McpRefreshAutoConfiguration.class, McpAuthorizationServerAutoConfiguration.class,
		DataRedisReactiveAutoConfiguration.class })
@Conditional(OnAnyTokens.class)
@EnableConfigurationProperties({ McpDoctorProperties.class, McpUpstreamProperties.class })
public final class McpDoctorAutoConfiguration {

	private static final String STORE = "mcp.bridge.store";

	@Bean
	@ConditionalOnMissingBean
	DiagnosticStream mcpDiagnosticStream() {
		return new DiagnosticStream(Duration.ofSeconds(1));
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "mcp.bridge.doctor.stream", matchIfMissing = true)
	RouterFunction<ServerResponse> mcpDiagnosticStreamRoutes(DiagnosticStream stream) {
		return stream.routes();
	}

	@Bean
	@ConditionalOnMissingBean
	Doctor mcpDoctor(ObjectProvider<Check> checks, InstantSource clock) {
		return new Doctor(checks.orderedStream().toList(), clock);
	}

	@Bean
	Check mcpConfigurationCheck(Environment environment, McpBridgeProperties bridge, ProtectedResources resources) {
		return new ConfigurationCheck(DoctorFacts.of(environment, bridge, resources.publicUrl()));
	}

	@Bean
	Check mcpPublicCheck(ProtectedResources resources, ObjectProvider<AuthorizationServerSettings> desk,
			McpCorsProperties cors, DiagnosticStream stream, ObjectProvider<KeysCheck> keys,
			ObjectProvider<HttpClient> client, InstantSource clock) {
		PublicSettings settings = new PublicSettings(resources, desk.getIfAvailable() != null, cors.allowedOrigins(),
				stream.pause());
		return new PublicRound(settings,
				() -> keys.stream()
					.flatMap((check) -> check.thumbprints().stream())
					.collect(Collectors.toUnmodifiableSet()),
				requests(client, clock));
	}

	private static Requests requests(ObjectProvider<HttpClient> client, InstantSource clock) {
		return new Requests(client.getIfUnique(HttpClient::create), clock);
	}

	/**
	 * What tokens of our own need: keys, grants, and an authorization server upstream.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(OnOwnTokens.class)
	static final class Own {

		@Bean
		KeysCheck mcpKeysCheck(McpBridgeProperties bridge) {
			boolean shared = bridge.store() == McpBridgeProperties.Store.REDIS || bridge.hasKeys();
			return new KeysCheck(bridge.keysFile(), !shared);
		}

		@Bean
		Check mcpUpstreamCheck(Upstream upstream, McpUpstreamProperties properties, ObjectProvider<HttpClient> client,
				InstantSource clock) {
			return new UpstreamRound(upstream.survey(), upstream.settings(), properties.pathOf(Transport.STREAMABLE),
					properties.pathOf(Transport.SSE), requests(client, clock));
		}

		@Bean
		@ConditionalOnProperty(name = STORE, havingValue = "embedded", matchIfMissing = true)
		Check mcpStoreFileCheck(McpBridgeProperties bridge) {
			return new StoreFileCheck(bridge.dataDir());
		}

		@Bean
		Check mcpStoredValuesCheck(BridgeStore store, KeyFile keys) {
			return new StoredValuesCheck(store, keys);
		}

	}

	/** With tokens of others the upstream's authorization server is theirs to look at. */
	@Configuration(proxyBeanMethods = false)
	@Conditional(OnNoOwnTokens.class)
	static final class Others {

		@Bean
		Check mcpUpstreamCheck(McpUpstreamProperties properties, ObjectProvider<HttpClient> client,
				InstantSource clock) {
			return UpstreamRound.ofEndpoints(properties.url(), properties.pathOf(Transport.STREAMABLE),
					properties.pathOf(Transport.SSE), requests(client, clock));
		}

	}

	/** What replicas share. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = STORE, havingValue = "redis")
	@ConditionalOnClass(ReactiveStringRedisTemplate.class)
	static final class Redis {

		@Bean
		Check mcpRedisCheck(ReactiveStringRedisTemplate redis, InstantSource clock) {
			return new RedisCheck(redis, clock);
		}

	}

	/** The report of a running gateway. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	@ConditionalOnAvailableEndpoint(McpDoctorEndpoint.class)
	static final class Actuator {

		@Bean
		@ConditionalOnMissingBean
		McpDoctorEndpoint mcpDoctorEndpoint(Doctor doctor) {
			return new McpDoctorEndpoint(doctor);
		}

	}

}
