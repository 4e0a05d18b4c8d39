package dev.mcpbridge.autoconfigure;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

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
import dev.mcpbridge.upstream.UpstreamSettings;
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
 * The doctor, and the stream by which it sees what a proxy does to streams; only where
 * tokens of our own are used.
 */
@AutoConfiguration(after = { McpRefreshAutoConfiguration.class, McpAuthorizationServerAutoConfiguration.class,
		DataRedisReactiveAutoConfiguration.class })
@Conditional(OnOwnTokens.class)
@EnableConfigurationProperties(McpDoctorProperties.class)
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
	KeysCheck mcpKeysCheck(McpBridgeProperties bridge) {
		boolean shared = bridge.store() == McpBridgeProperties.Store.REDIS || bridge.hasKeys();
		return new KeysCheck(bridge.keysFile(), !shared);
	}

	@Bean
	Check mcpUpstreamCheck(Upstream upstream, McpUpstreamProperties properties, ObjectProvider<HttpClient> client,
			InstantSource clock) {
		UpstreamSettings settings = upstream.settings();
		List<Transport> spoken = McpUpstreamProperties.transports(properties.transports(), settings.mcpPath(),
				settings.ssePath());
		return new UpstreamRound(upstream.survey(), settings,
				spoken.contains(Transport.STREAMABLE) ? settings.mcpPath() : null,
				spoken.contains(Transport.SSE) ? settings.ssePath() : null, requests(client, clock));
	}

	@Bean
	Check mcpPublicCheck(ProtectedResources resources, ObjectProvider<AuthorizationServerSettings> desk,
			McpCorsProperties cors, DiagnosticStream stream, KeysCheck keys, ObjectProvider<HttpClient> client,
			InstantSource clock) {
		PublicSettings settings = new PublicSettings(resources, desk.getIfAvailable() != null, cors.allowedOrigins(),
				stream.pause());
		return new PublicRound(settings, keys::thumbprints, requests(client, clock));
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

	private static Requests requests(ObjectProvider<HttpClient> client, InstantSource clock) {
		return new Requests(client.getIfUnique(HttpClient::create), clock);
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
