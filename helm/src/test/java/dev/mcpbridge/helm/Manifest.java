package dev.mcpbridge.helm;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One object for Kubernetes, as it was rendered.
 *
 * @param content the object
 */
record Manifest(Map<String, Object> content) {

	String kind() {
		return String.valueOf(this.content.get("kind"));
	}

	String name() {
		return String.valueOf(at("metadata.name"));
	}

	/**
	 * Finds a part of it.
	 * @param path names with dots between; a number is a place in a list
	 * @return the part, or null if it is not there
	 */
	@Nullable Object at(String path) {
		Object part = this.content;
		for (String step : path.split("\\.")) {
			part = step(part, step);
		}
		return part;
	}

	/** The parts of a list, each a map. */
	List<Map<String, Object>> list(String path) {
		Object found = at(path);
		return (found != null) ? ((List<?>) found).stream().map(Yaml::asMap).toList() : List.of();
	}

	private static @Nullable Object step(@Nullable Object part, String step) {
		if (part instanceof Map<?, ?> map) {
			return map.get(step);
		}
		if (part instanceof List<?> list) {
			int index = Integer.parseInt(step);
			return (index < list.size()) ? list.get(index) : null;
		}
		return null;
	}

	@Override
	public String toString() {
		return kind() + "/" + name();
	}

}
