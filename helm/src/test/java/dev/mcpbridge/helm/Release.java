package dev.mcpbridge.helm;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a chart or an overlay was rendered to.
 *
 * @param objects every object
 */
record Release(List<Manifest> objects) {

	List<Manifest> all(String kind) {
		return this.objects.stream().filter((object) -> object.kind().equals(kind)).toList();
	}

	/** The only object of a kind. */
	Manifest one(String kind) {
		List<Manifest> found = all(kind);
		if (found.size() != 1) {
			throw new AssertionError("%s: %s (expected: one)".formatted(kind, found));
		}
		return found.get(0);
	}

	/** The environment of the gateway, those from Secrets as {@code name/key}. */
	Map<String, String> environment() {
		return new Manifest(container()).list("env")
			.stream()
			.map(Manifest::new)
			.collect(Collectors.toMap((entry) -> String.valueOf(entry.at("name")), Release::value));
	}

	Map<String, Object> container() {
		return one("Deployment").list("spec.template.spec.containers").get(0);
	}

	/** The application.yaml the gateway reads. */
	Map<String, Object> configuration() {
		return Yaml.map(configurationText());
	}

	String configurationText() {
		return all("ConfigMap").stream()
			.map((object) -> object.content().get("data"))
			.filter((data) -> data instanceof Map<?, ?> map && map.containsKey("application.yaml"))
			.map((data) -> String.valueOf(Yaml.asMap(data).get("application.yaml")))
			.findFirst()
			.orElseThrow();
	}

	private static String value(Manifest entry) {
		Object value = entry.at("value");
		return (value != null) ? value.toString()
				: entry.at("valueFrom.secretKeyRef.name") + "/" + entry.at("valueFrom.secretKeyRef.key");
	}

}
