package dev.mcpbridge.app;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.gateway.route.RouteDefinition;

/**
 * Routes a team has besides those of the app.
 * <p>
 * A list in a later configuration replaces the list of an earlier one: whoever sets
 * {@code spring.cloud.gateway.server.webflux.routes} loses the app's own.
 *
 * @param extraRoutes Routes besides those of the app, written like
 * spring.cloud.gateway.server.webflux.routes.
 */
@ConfigurationProperties("mcp.bridge")
record ExtraRoutesProperties(@DefaultValue List<RouteDefinition> extraRoutes) {

	/**
	 * Returns the routes of both.
	 * @param routes those that are there
	 * @return they, and then ours
	 * @throws IllegalArgumentException if one of ours lacks its id, uri or predicates, or
	 * has the id of another route
	 */
	List<RouteDefinition> after(List<RouteDefinition> routes) {
		List<RouteDefinition> all = new ArrayList<>(routes);
		Set<String> ids = new HashSet<>();
		routes.forEach((route) -> ids.add(String.valueOf(route.getId())));
		for (int i = 0; i < this.extraRoutes.size(); i++) {
			RouteDefinition route = this.extraRoutes.get(i);
			if (route.getId() == null || route.getUri() == null || route.getPredicates().isEmpty()) {
				throw new IllegalArgumentException(
						"mcp.bridge.extra-routes[%d]: %s (expected: an id, a uri and predicates)".formatted(i, route));
			}
			if (!ids.add(route.getId())) {
				throw new IllegalArgumentException(
						"mcp.bridge.extra-routes[%d].id: %s (expected: an id no other route has)".formatted(i,
								route.getId()));
			}
			all.add(route);
		}
		return all;
	}

}
