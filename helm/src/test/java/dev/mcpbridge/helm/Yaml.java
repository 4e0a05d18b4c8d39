package dev.mcpbridge.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * YAML as plain maps and lists.
 */
final class Yaml {

	private Yaml() {
	}

	static Map<String, Object> map(String text) {
		return yaml().load(text);
	}

	/** Reads every document that is not empty. */
	static List<Manifest> manifests(String text) {
		List<Manifest> manifests = new ArrayList<>();
		for (Object document : yaml().loadAll(text)) {
			if (Objects.nonNull(document)) {
				manifests.add(new Manifest(asMap(document)));
			}
		}
		return manifests;
	}

	static String text(Map<String, Object> content) {
		DumperOptions options = new DumperOptions();
		options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
		options.setIndicatorIndent(2);
		options.setIndentWithIndicator(true);
		options.setWidth(140);
		return new org.yaml.snakeyaml.Yaml(options).dump(content);
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> asMap(@Nullable Object document) {
		return (Map<String, Object>) Objects.requireNonNull(document);
	}

	private static org.yaml.snakeyaml.Yaml yaml() {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		return new org.yaml.snakeyaml.Yaml(new SafeConstructor(options));
	}

}
