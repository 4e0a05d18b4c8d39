package dev.mcpbridge.helm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The properties there are, by the metadata of everything on the class path.
 */
final class PropertyNames {

	/** The app's own; a test there sets it. */
	private static final Map<String, String> OF_THE_APP = Map.of("mcp.bridge.extra-routes", "java.util.List");

	private final Map<String, String> typesByName = new TreeMap<>(OF_THE_APP);

	PropertyNames() {
		try {
			for (String file : List.of("spring-configuration-metadata", "additional-spring-configuration-metadata")) {
				for (URL url : Collections
					.list(getClass().getClassLoader().getResources("META-INF/" + file + ".json"))) {
					read(url);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read(URL url) throws IOException {
		try (InputStream in = url.openStream()) {
			for (JsonNode property : new ObjectMapper().readTree(in).path("properties")) {
				this.typesByName.put(property.path("name").asText(), property.path("type").asText());
			}
		}
	}

	/** Whether a name is a property, or an entry of one that is a map or a list. */
	boolean contains(String name) {
		return this.typesByName.containsKey(name)
				|| this.typesByName.entrySet().stream().anyMatch((property) -> isEntry(name, property));
	}

	/** Whether a variable of the environment sets a property. */
	boolean containsVariable(String variable) {
		return this.typesByName.keySet().stream().map(PropertyNames::variable).anyMatch(variable::equals);
	}

	private static boolean isEntry(String name, Map.Entry<String, String> property) {
		boolean holdsMore = property.getValue().startsWith("java.util.");
		return holdsMore && (name.startsWith(property.getKey() + ".") || name.startsWith(property.getKey() + "["));
	}

	private static String variable(String name) {
		return name.replace(".", "_").replace("-", "").toUpperCase(Locale.ROOT);
	}

	/** The names of all values in a configuration. */
	static Set<String> in(Map<String, Object> configuration) {
		Set<String> names = new TreeSet<>();
		configuration.forEach((name, value) -> {
			if (value instanceof Map<?, ?> inner) {
				names.addAll(
						in(Yaml.asMap(inner)).stream().map((rest) -> name + "." + rest).collect(Collectors.toSet()));
			}
			else {
				names.add(name);
			}
		});
		return names;
	}

}
