package dev.mcpbridge.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.mcpbridge.exchange.McpFilterFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.cloud.gateway.support.NameUtils;

/**
 * Stops the start on a filter of ours that is not there, and on an argument that nobody
 * knows or that is out of bounds.
 * <p>
 * Spring Cloud Gateway itself ignores unknown arguments and only logs the rest: the route
 * then runs with defaults or not at all.
 */
final class FilterArgumentsCheck implements SmartInitializingSingleton {

	private static final String NEEDS_TOKENS = "; filters that unwrap tokens need mcp.bridge.authorization-server.enabled=true, mcp.bridge.keys or mcp.bridge.token.trusted-issuers";

	private static final String NEEDS_KEYS = "; the filter that marks sessions needs mcp.bridge.authorization-server.enabled=true or mcp.bridge.keys";

	private final GatewayProperties gateway;

	private final ObjectProvider<GatewayFilterFactory<?>> factories;

	private final ConfigurationService configuration;

	FilterArgumentsCheck(GatewayProperties gateway, ObjectProvider<GatewayFilterFactory<?>> factories,
			ConfigurationService configuration) {
		this.gateway = gateway;
		this.factories = factories;
		this.configuration = configuration;
	}

	@Override
	public void afterSingletonsInstantiated() {
		check("default-filters", this.gateway.getDefaultFilters());
		for (RouteDefinition route : this.gateway.getRoutes()) {
			check("route " + route.getId(), route.getFilters());
		}
	}

	private void check(String place, List<FilterDefinition> filters) {
		for (FilterDefinition filter : filters) {
			String name = String.valueOf(filter.getName());
			GatewayFilterFactory<?> factory = factory(name);
			if (factory instanceof McpFilterFactory<?> ours) {
				check(place, filter, ours);
			}
			else if (factory == null && name.startsWith("Mcp")) {
				throw new IllegalArgumentException(
						"%s: no filter %s (known: %s)%s".formatted(place, name, ours(), needs(name)));
			}
		}
	}

	private <C extends Record> void check(String place, FilterDefinition filter, McpFilterFactory<C> factory) {
		List<String> known = factory.shortcutFieldOrder();
		Map<String, String> arguments = filter.getArgs();
		arguments.keySet().forEach((name) -> require(place, filter, known, name));
		long inOrder = arguments.keySet().stream().filter(FilterArgumentsCheck::isPositional).count();
		if (inOrder > known.size()) {
			throw new IllegalArgumentException("%s, filter %s: %d arguments (expected: at most %s)".formatted(place,
					filter.getName(), inOrder, known));
		}
		try {
			factory.apply(this.configuration.with(factory).name(filter.getName()).properties(arguments).bind());
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException("%s, filter %s: %s".formatted(place, filter.getName(), rootMessage(ex)),
					ex);
		}
	}

	/** A list is written as {@code name[0]}, in kebab or camel case. */
	private static void require(String place, FilterDefinition filter, List<String> known, String name) {
		String plain = canonical(name.replaceAll("[\\[.].*$", ""));
		if (!isPositional(name) && known.stream().noneMatch((argument) -> canonical(argument).equals(plain))) {
			throw new IllegalArgumentException(
					"%s, filter %s: unknown argument %s (known: %s)".formatted(place, filter.getName(), name, known));
		}
	}

	private static String needs(String name) {
		return name.startsWith("McpBridge") ? NEEDS_TOKENS : name.equals("McpSession") ? NEEDS_KEYS : "";
	}

	private static boolean isPositional(String name) {
		return name.startsWith(NameUtils.GENERATED_NAME_PREFIX);
	}

	private static String canonical(String name) {
		return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
	}

	private @Nullable GatewayFilterFactory<?> factory(String name) {
		return this.factories.stream().filter((factory) -> factory.name().equals(name)).findFirst().orElse(null);
	}

	private List<String> ours() {
		return this.factories.stream()
			.filter(McpFilterFactory.class::isInstance)
			.map(GatewayFilterFactory::name)
			.sorted()
			.toList();
	}

	private static String rootMessage(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return String.valueOf(cause.getMessage());
	}

}
