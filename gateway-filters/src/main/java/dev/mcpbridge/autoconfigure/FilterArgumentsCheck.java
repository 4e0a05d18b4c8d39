package dev.mcpbridge.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.mcpbridge.exchange.McpFilterFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.cloud.gateway.support.NameUtils;

/**
 * Stops the start on an argument of ours that nobody knows or that is out of bounds.
 * <p>
 * Spring Cloud Gateway itself ignores the first and only logs the second, and the route
 * then runs with defaults or not at all.
 */
final class FilterArgumentsCheck implements SmartInitializingSingleton {

	private final GatewayProperties gateway;

	private final ObjectProvider<McpFilterFactory<?>> factories;

	private final ConfigurationService configuration;

	FilterArgumentsCheck(GatewayProperties gateway, ObjectProvider<McpFilterFactory<?>> factories,
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
			factory(filter.getName()).ifPresent((factory) -> check(place, filter, factory));
		}
	}

	private <C extends Record> void check(String place, FilterDefinition filter, McpFilterFactory<C> factory) {
		List<String> known = factory.shortcutFieldOrder();
		Map<String, String> arguments = filter.getArgs();
		arguments.keySet().forEach((name) -> require(place, filter, known, name));
		if (arguments.size() > known.size()) {
			throw new IllegalArgumentException("%s, filter %s: %d arguments (expected: at most %s)".formatted(place,
					filter.getName(), arguments.size(), known));
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
		boolean positional = name.startsWith(NameUtils.GENERATED_NAME_PREFIX);
		if (!positional && known.stream().noneMatch((argument) -> canonical(argument).equals(plain))) {
			throw new IllegalArgumentException(
					"%s, filter %s: unknown argument %s (known: %s)".formatted(place, filter.getName(), name, known));
		}
	}

	private static String canonical(String name) {
		return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
	}

	private Optional<McpFilterFactory<?>> factory(@Nullable String name) {
		return this.factories.stream().filter((factory) -> factory.name().equals(name)).findFirst();
	}

	private static String rootMessage(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return String.valueOf(cause.getMessage());
	}

}
