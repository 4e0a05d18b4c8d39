package dev.mcpbridge.helm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The chart's objects without what only Helm needs.
 */
final class PlainManifests {

	private static final List<String> OF_HELM = List.of("helm.sh/chart", "app.kubernetes.io/managed-by",
			"checksum/config", "helm.sh/resource-policy");

	private PlainManifests() {
	}

	/** Renders the chart as somebody without Helm would have written it. */
	static Release render(String values) {
		String text = Chart.helm()
			.template()
			.withName("mcp-bridge-gateway")
			.withKubeVersion(Chart.KUBERNETES)
			.withValuesFile(Chart.shape(values))
			.call();
		return new Release(
				Yaml.manifests(text).stream().map((object) -> new Manifest(plain(object.content()))).toList());
	}

	/** The name of the file an object is in. */
	static String file(Manifest object) {
		return object.kind().toLowerCase(Locale.ROOT) + (object.name().endsWith("-management") ? "-management" : "")
				+ ".yaml";
	}

	private static Map<String, Object> plain(Map<String, Object> content) {
		Map<String, Object> plain = new LinkedHashMap<>();
		content.forEach((name, value) -> {
			Object kept = part(value);
			if (!OF_HELM.contains(name) && !(name.equals("annotations") && Map.of().equals(kept))) {
				plain.put(name, kept);
			}
		});
		return plain;
	}

	private static Object part(Object value) {
		if (value instanceof Map<?, ?> map) {
			return plain(Yaml.asMap(map));
		}
		return (value instanceof List<?> list) ? list.stream().map(PlainManifests::part).toList() : value;
	}

}
