package dev.mcpbridge.autoconfigure;

import java.security.SecureRandom;
import java.time.InstantSource;

import dev.mcpbridge.oauth.ProtectedResources;
import dev.mcpbridge.oauth.PublicUrl;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * What every room of the bridge shares: the URL we are known by, time and randomness.
 */
@AutoConfiguration
@EnableConfigurationProperties(McpBridgeProperties.class)
public final class McpBridgeAutoConfiguration {

	@Bean
	static UnknownPropertiesCheck mcpUnknownPropertiesCheck(Environment environment) {
		return new UnknownPropertiesCheck(environment);
	}

	@Bean
	@ConditionalOnMissingBean
	InstantSource mcpClock() {
		return InstantSource.system();
	}

	@Bean
	@ConditionalOnMissingBean
	SecureRandom mcpRandom() {
		return new SecureRandom();
	}

	@Bean
	@ConditionalOnMissingBean
	ProtectedResources mcpProtectedResources(McpBridgeProperties properties) {
		PublicUrl publicUrl = PublicUrl.of(properties.publicUrl(), properties.insecureHttp());
		return new ProtectedResources(publicUrl, properties.mcpPaths());
	}

}
