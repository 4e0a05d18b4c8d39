package dev.mcpbridge.autoconfigure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.mcpbridge.translation.Transport;
import dev.mcpbridge.upstream.UpstreamProfile;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Lets routes name what the upstream is like: sets {@code mcp.bridge.upstream.mcp-path},
 * {@code .sse-path}, {@code .message-path} and {@code .transports} to what the profile
 * says, unless they are configured.
 * <p>
 * And sets {@code mcp.bridge.upstream.target.mcp}, {@code .sse} and {@code .message} to
 * where requests of our three endpoints go: to the upstream's endpoint of the same
 * transport if it has one, else to the other, for which a route has to translate.
 */
public final class ProfilePaths implements EnvironmentPostProcessor, Ordered {

	private static final String PREFIX = "mcp.bridge.upstream.";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Binder binder = Binder.get(environment);
		UpstreamProfile profile = binder.bind(PREFIX + "profile", UpstreamProfile.class)
			.orElse(UpstreamProfile.ATLASSIAN_V1);
		Map<String, Object> paths = new HashMap<>();
		String mcp = path(binder, paths, "mcp-path", profile.mcpPath());
		String sse = path(binder, paths, "sse-path", profile.ssePath());
		String message = path(binder, paths, "message-path", (sse != null) ? sse + "/message" : null);
		List<Transport> transports = McpUpstreamProperties.transports(
				binder.bind(PREFIX + "transports", Bindable.listOf(Transport.class)).orElse(List.of()), mcp, sse);
		boolean streams = transports.contains(Transport.SSE);
		put(paths, "transports", String.join(",", transports.stream().map(Transport::name).toList()));
		put(paths, "target.mcp", transports.contains(Transport.STREAMABLE) ? mcp : sse);
		put(paths, "target.sse", streams ? sse : mcp);
		put(paths, "target.message", streams ? message : mcp);
		environment.getPropertySources().addLast(new MapPropertySource("mcpBridgeProfile", paths));
	}

	private static @Nullable String path(Binder binder, Map<String, Object> paths, String name,
			@Nullable String otherwise) {
		put(paths, name, otherwise);
		return binder.bind(PREFIX + name, String.class).orElse(otherwise);
	}

	private static void put(Map<String, Object> paths, String name, @Nullable String value) {
		if (value != null) {
			paths.put(PREFIX + name, value);
		}
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
