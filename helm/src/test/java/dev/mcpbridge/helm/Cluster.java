package dev.mcpbridge.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * As much of a Kubernetes API server as Helm asks for: it says what kinds there are, and
 * keeps objects under the paths they were sent to. It runs nothing, and defaults nothing.
 */
final class Cluster implements AutoCloseable {

	private static final ObjectMapper JSON = new ObjectMapper();

	private final HttpServer server;

	private final Map<String, Map<String, Object>> objects = new ConcurrentSkipListMap<>();

	private Cluster(HttpServer server) {
		this.server = server;
	}

	static Cluster start() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			Cluster cluster = new Cluster(server);
			server.createContext("/", cluster::handle);
			server.start();
			return cluster;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What Helm needs to come here. */
	String kubeConfig() {
		return """
				apiVersion: v1
				kind: Config
				clusters: [{name: here, cluster: {server: "http://127.0.0.1:%d"}}]
				users: [{name: me, user: {}}]
				contexts: [{name: here, context: {cluster: here, user: me, namespace: mcp}}]
				current-context: here
				""".formatted(this.server.getAddress().getPort());
	}

	/** The object of a kind with a name, such as {@code secrets/keys}. */
	Optional<Manifest> find(String path) {
		return this.objects.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().endsWith("/" + path))
			.map((entry) -> new Manifest(entry.getValue()))
			.findFirst();
	}

	/** Every object but Helm's own notes of its releases. */
	Release release() {
		return new Release(this.objects.values()
			.stream()
			.map(Manifest::new)
			.filter((object) -> !"helm.sh/release.v1".equals(object.at("type")))
			.sorted(Comparator.comparing(Manifest::toString))
			.toList());
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String path = exchange.getRequestURI().getPath();
			byte[] sent = exchange.getRequestBody().readAllBytes();
			Object answer = ClusterKinds.describe(path);
			if (answer == null) {
				answer = answer(exchange, path, sent);
			}
			byte[] body = JSON.writeValueAsBytes((answer != null) ? answer : missing(path));
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders((answer != null) ? 200 : 404, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	private @Nullable Object answer(HttpExchange exchange, String path, byte[] sent) throws IOException {
		return switch (exchange.getRequestMethod()) {
			case "POST" -> keep(path + "/" + name(sent), read(sent));
			case "PUT" -> keep(path, read(sent));
			case "PATCH" -> keep(path, merged(this.objects.getOrDefault(path, Map.of()), read(sent)));
			case "DELETE" -> this.objects.remove(path);
			default -> ClusterKinds.isCollection(path) ? list(path, exchange.getRequestURI().getQuery())
					: this.objects.get(path);
		};
	}

	private Map<String, Object> keep(String path, Map<String, Object> object) {
		this.objects.put(path, object);
		return object;
	}

	private Map<String, Object> list(String path, @Nullable String query) {
		List<String> labels = (query == null) ? List.of()
				: List.of(query.replaceFirst(".*labelSelector=([^&]*).*", "$1").split(","));
		List<Map<String, Object>> items = this.objects.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().startsWith(path + "/"))
			.map(Map.Entry::getValue)
			.filter((object) -> labels.stream().allMatch((label) -> hasLabel(object, label)))
			.toList();
		return Map.of("kind", ClusterKinds.kindOf(path) + "List", "apiVersion", "v1", "metadata", Map.of(), "items",
				items);
	}

	private static boolean hasLabel(Map<String, Object> object, String label) {
		String[] pair = label.split("=", 2);
		return pair.length < 2 || pair[1].equals(new Manifest(object).at("metadata.labels." + pair[0]));
	}

	/** RFC 7396; Helm's strategic merge differs in lists, which no test here looks at. */
	private static Map<String, Object> merged(Map<String, Object> old, Map<String, Object> patch) {
		Map<String, Object> merged = new LinkedHashMap<>(old);
		patch.forEach((name, value) -> {
			if (value == null) {
				merged.remove(name);
			}
			else if (value instanceof Map<?, ?> && merged.get(name) instanceof Map<?, ?> inner) {
				merged.put(name, merged(Yaml.asMap(inner), Yaml.asMap(value)));
			}
			else {
				merged.put(name, value);
			}
		});
		return merged;
	}

	private static String name(byte[] sent) throws IOException {
		return new Manifest(read(sent)).name();
	}

	private static Map<String, Object> read(byte[] sent) throws IOException {
		return ProtobufSecret.isOne(sent) ? ProtobufSecret.read(sent) : Yaml.asMap(JSON.readValue(sent, Map.class));
	}

	private static Map<String, Object> missing(String path) {
		return Map.of("kind", "Status", "apiVersion", "v1", "status", "Failure", "reason", "NotFound", "code", 404,
				"message", path + " not found");
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
