package dev.mcpbridge.autoconfigure;

import java.util.List;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Stops the start on a property below {@code mcp.bridge} that nobody asks for: one that
 * is misspelled would leave a default in its place, silently.
 * <p>
 * Of the environment it only warns, for what is there is not only ours: Kubernetes puts
 * {@code MCP_BRIDGE_PORT} there for a service named {@code mcp-bridge}.
 */
final class UnknownPropertiesCheck implements BeanFactoryPostProcessor {

	private static final Log log = LogFactory.getLog(UnknownPropertiesCheck.class);

	private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("mcp.bridge");

	/** Bound by others: what routes are told, the demo, the app. */
	private static final List<ConfigurationPropertyName> OTHERS = List.of(
			ConfigurationPropertyName.of("mcp.bridge.upstream.target"),
			ConfigurationPropertyName.of("mcp.bridge.simulator"),
			ConfigurationPropertyName.of("mcp.bridge.extra-routes"));

	/** What Kubernetes tells of services whose names begin like ours. */
	private static final Pattern SERVICE_LINK = Pattern
		.compile("MCP_BRIDGE_(\\w+_)?(SERVICE_(HOST|PORT(_\\w+)?)|PORT(_\\d+_(TCP|UDP|SCTP)(_\\w+)?)?)");

	private static final String ENVIRONMENT_FORM = "MCP_BRIDGE_";

	private final Environment environment;

	private final KnownProperties known = new KnownProperties();

	UnknownPropertiesCheck(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource variables) {
				List.of(variables.getPropertyNames()).forEach(this::warn);
			}
			else if (source instanceof IterableConfigurationPropertySource names) {
				names.stream().filter(this::isUnknown).findFirst().ifPresent((name) -> refuse(name, source));
			}
		}
	}

	private boolean isUnknown(ConfigurationPropertyName name) {
		return OURS.isAncestorOf(name)
				&& OTHERS.stream().noneMatch((other) -> other.equals(name) || other.isAncestorOf(name))
				&& !this.known.contains(name);
	}

	/** Its value is not told: nobody knows whether it is a secret. */
	private void refuse(ConfigurationPropertyName name, ConfigurationPropertySource source) {
		String where = (source.getUnderlyingSource() instanceof PropertySource<?> found) ? found.getName() : "?";
		throw new IllegalArgumentException(
				"%s: unknown property, in %s (known: %s)".formatted(name, where, this.known.beside(name).toList()));
	}

	private void warn(String variable) {
		if (variable.startsWith(ENVIRONMENT_FORM) && !SERVICE_LINK.matcher(variable).matches()
				&& !this.known.containsVariable(variable)) {
			log.warn("unknown environment variable name=%s (expected: the form of a property of mcp.bridge)"
				.formatted(variable));
		}
	}

}
