package dev.mcpbridge.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import dev.mcpbridge.upstream.UpstreamProfile;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Lets routes name the upstream's paths: sets {@code mcp.bridge.upstream.mcp-path},
 * {@code .sse-path} and {@code .message-path} to what the profile says, unless they are
 * configured.
 */
public final class ProfilePaths implements EnvironmentPostProcessor, Ordered {

	private static final String PREFIX = "mcp.bridge.upstream.";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		UpstreamProfile profile = Binder.get(environment)
			.bind(PREFIX + "profile", UpstreamProfile.class)
			.orElse(UpstreamProfile.ATLASSIAN_V1);
		Map<String, Object> paths = new HashMap<>();
		if (profile.mcpPath() != null) {
			paths.put(PREFIX + "mcp-path", profile.mcpPath());
		}
		if (profile.ssePath() != null) {
			paths.put(PREFIX + "sse-path", profile.ssePath());
		}
		paths.put(PREFIX + "message-path", "${mcp.bridge.upstream.sse-path:/v1/sse}/message");
		environment.getPropertySources().addLast(new MapPropertySource("mcpBridgeProfile", paths));
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
