package dev.mcpbridge.load;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What each kind of gateway is told, and nothing more than it needs.
 */
final class Properties {

	private static final String ROUTE = "--spring.cloud.gateway.server.webflux.routes[0].";

	private Properties() {
	}

	/**
	 * Returns a gateway's arguments.
	 * @param kind which gateway
	 * @param upstream what is behind it
	 * @param data where its keys and its store are
	 */
	static List<String> of(ProxyKind kind, URI upstream, Path data) {
		List<String> all = new ArrayList<>();
		switch (kind) {
			case BARE -> all.addAll(route(upstream, "SetPath=/v1/mcp"));
			case LIBRARY -> {
				all.addAll(route(upstream, "McpBridge", "SetPath=/v1/mcp"));
				all.addAll(bridge(upstream, data));
				all.add("--mcp.bridge.authorization-server.enabled=true");
			}
			case APP -> {
				all.addAll(bridge(upstream, data));
				all.add("--management.server.port=" + Programs.freePort());
			}
		}
		return all;
	}

	private static List<String> bridge(URI upstream, Path data) {
		return List.of("--mcp.bridge.public-url=" + Estate.PUBLIC_URL, "--mcp.bridge.upstream.url=" + upstream,
				"--mcp.bridge.data-dir=" + data);
	}

	private static List<String> route(URI upstream, String... filters) {
		List<String> route = new ArrayList<>(
				List.of(ROUTE + "id=mcp", ROUTE + "uri=" + upstream, ROUTE + "predicates[0]=Path=/mcp"));
		for (int index = 0; index < filters.length; index++) {
			route.add("%sfilters[%d]=%s".formatted(ROUTE, index, filters[index]));
		}
		return route;
	}

}
