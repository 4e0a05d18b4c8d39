package dev.mcpbridge.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Routes as properties, the way a YAML file gives them.
 */
public final class Routes {

	private final Map<String, Object> properties = new LinkedHashMap<>();

	private int count;

	/**
	 * Adds a route.
	 * @param uri the upstream
	 * @param predicates predicates in their short form
	 * @param filters filters in their short form, or a {@link Filter}
	 * @return this
	 */
	public Routes route(String uri, List<String> predicates, Object... filters) {
		String route = "spring.cloud.gateway.server.webflux.routes[" + this.count++ + "].";
		this.properties.put(route + "id", "route-" + this.count);
		this.properties.put(route + "uri", uri);
		for (int i = 0; i < predicates.size(); i++) {
			this.properties.put(route + "predicates[" + i + "]", predicates.get(i));
		}
		for (int i = 0; i < filters.length; i++) {
			String at = route + "filters[" + i + "]";
			if (filters[i] instanceof Filter filter) {
				this.properties.put(at + ".name", filter.name());
				filter.args().forEach((name, value) -> this.properties.put(at + ".args." + name, value));
			}
			else {
				this.properties.put(at, filters[i]);
			}
		}
		return this;
	}

	/**
	 * Adds any other property.
	 * @param name the name
	 * @param value the value
	 * @return this
	 */
	public Routes with(String name, Object value) {
		this.properties.put(name, value);
		return this;
	}

	public Map<String, Object> properties() {
		return this.properties;
	}

	/**
	 * A filter with named arguments.
	 *
	 * @param name the YAML name
	 * @param args the arguments
	 */
	public record Filter(String name, Map<String, String> args) {
	}

}
