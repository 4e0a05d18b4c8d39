package dev.mcpbridge.autoconfigure;

import dev.mcpbridge.authorization.AuthorizationServerSettings;
import dev.mcpbridge.doctor.ConfigurationCheck;
import dev.mcpbridge.oauth.HttpUrl;
import dev.mcpbridge.oauth.PublicUrl;

import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * What an operator should know of the configuration.
 */
final class DoctorFacts {

	private static final String ACTUATOR = "org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint";

	private DoctorFacts() {
	}

	static ConfigurationCheck.Facts of(Environment environment, McpBridgeProperties bridge, PublicUrl publicUrl) {
		return new ConfigurationCheck.Facts(hasPortOfItsOwn(environment),
				bridge.store() == McpBridgeProperties.Store.MEMORY, bridge.insecureHttp(), isUnasked(environment),
				bridge.allowedHosts().contains("*") && HttpUrl.isLoopback(publicUrl.value().getHost()),
				!environment.getProperty("server.forward-headers-strategy", "none").equalsIgnoreCase("none"));
	}

	/** A port of -1 is none; one of 0 is any free one. */
	private static boolean hasPortOfItsOwn(Environment environment) {
		int clients = environment.getProperty("server.port", Integer.class, 8080);
		int management = environment.getProperty("management.server.port", Integer.class, clients);
		return !ClassUtils.isPresent(ACTUATOR, DoctorFacts.class.getClassLoader()) || management == 0
				|| management != clients;
	}

	private static boolean isUnasked(Environment environment) {
		return environment.getProperty("mcp.bridge.authorization-server.consent", "")
			.equalsIgnoreCase(AuthorizationServerSettings.Consent.NEVER.name());
	}

}
