package dev.mcpbridge.helm;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What kinds of objects there are in a cluster, and how it says so.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/">The
 * Kubernetes API</a>
 */
final class ClusterKinds {

	private static final Map<String, Map<String, String>> KINDS = Map.of("v1",
			Map.of("secrets", "Secret", "configmaps", "ConfigMap", "services", "Service", "serviceaccounts",
					"ServiceAccount", "persistentvolumeclaims", "PersistentVolumeClaim"),
			"apps/v1", Map.of("deployments", "Deployment"), "networking.k8s.io/v1",
			Map.of("ingresses", "Ingress", "networkpolicies", "NetworkPolicy"), "policy/v1",
			Map.of("poddisruptionbudgets", "PodDisruptionBudget"), "autoscaling/v2",
			Map.of("horizontalpodautoscalers", "HorizontalPodAutoscaler"));

	private ClusterKinds() {
	}

	/**
	 * Describes the API.
	 * @return what is said under a path, or null where there are objects
	 */
	static @Nullable Map<String, Object> describe(String path) {
		String version = path.replaceFirst("^/apis?/", "");
		return switch (path) {
			case "/version" -> Map.of("major", "1", "minor", "30", "gitVersion", "v1.30.0");
			case "/api" -> Map.of("kind", "APIVersions", "versions", List.of("v1"));
			case "/apis" -> Map.of("kind", "APIGroupList", "apiVersion", "v1", "groups",
					KINDS.keySet().stream().filter((group) -> group.contains("/")).map(ClusterKinds::group).toList());
			default -> KINDS.containsKey(version) ? resources(version) : null;
		};
	}

	static boolean isCollection(String path) {
		return kindOf(path) != null;
	}

	/** The kind of what lies below a path, or null if that is one object. */
	static @Nullable String kindOf(String path) {
		String last = path.substring(path.lastIndexOf('/') + 1);
		return KINDS.values()
			.stream()
			.map((kinds) -> kinds.get(last))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private static Map<String, Object> group(String version) {
		Map<String, String> preferred = Map.of("groupVersion", version, "version",
				version.substring(version.indexOf('/') + 1));
		return Map.of("name", version.substring(0, version.indexOf('/')), "versions", List.of(preferred),
				"preferredVersion", preferred);
	}

	private static Map<String, Object> resources(String version) {
		return Map.of("kind", "APIResourceList", "apiVersion", "v1", "groupVersion", version, "resources",
				KINDS.getOrDefault(version, Map.of())
					.entrySet()
					.stream()
					.map((kind) -> Map.of("name", kind.getKey(), "kind", kind.getValue(), "namespaced", true, "verbs",
							List.of("create", "delete", "get", "list", "patch", "update")))
					.collect(Collectors.toList()));
	}

}
