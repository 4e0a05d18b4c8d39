package dev.mcpbridge.boards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.mcpbridge.testing.Browser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A real Prometheus that scrapes gateways each second and loads the rules of the chart.
 */
final class Prometheus implements AutoCloseable {

	/** What the scraped gateways are called. */
	static final String JOB = "mcp-bridge-gateway";

	private static final String CONFIGURATION = """
			global:
			  scrape_interval: 1s
			  evaluation_interval: 1s
			rule_files: [%s]
			scrape_configs:
			  - job_name: %s
			    metrics_path: /actuator/prometheus
			    static_configs:
			      - targets: [%s]
			        labels:
			          namespace: test
			""";

	private final Browser browser = new Browser();

	private final URI url = URI.create("http://localhost:" + freePort());

	private final Instant begin = Instant.now();

	private final Process process;

	/**
	 * Starts one.
	 * @param directory where it keeps what it scraped
	 * @param ports the management ports of the gateways
	 */
	Prometheus(Path directory, List<String> ports) {
		String rules = Rules.files()
			.stream()
			.map(Path::toAbsolutePath)
			.map(Path::toString)
			.collect(Collectors.joining(","));
		String targets = ports.stream().map((port) -> "localhost:" + port).collect(Collectors.joining(","));
		Path configuration = directory.resolve("prometheus.yml");
		try {
			Files.createDirectories(directory);
			Files.writeString(configuration, CONFIGURATION.formatted(rules, JOB, targets));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.process = DebianTool.PROMETHEUS.start(directory.resolve("prometheus.log"),
				"--config.file=" + configuration, "--storage.tsdb.path=" + directory.resolve("data"),
				"--web.listen-address=localhost:" + this.url.getPort());
		await().atMost(Duration.ofSeconds(60))
			.ignoreExceptions()
			.until(() -> get("/-/ready", Map.of()).contains("Ready"));
	}

	/** Evaluates a query for now. */
	JsonNode ask(String query) {
		return result("/api/v1/query", Map.of("query", query));
	}

	/** Evaluates a query for each second since the begin. */
	JsonNode askSinceBegin(String query) {
		return result("/api/v1/query_range",
				Map.of("query", query, "start", String.valueOf(this.begin.getEpochSecond()), "end",
						String.valueOf(Instant.now().getEpochSecond()), "step", "1"));
	}

	/** Lists the values of a label. */
	JsonNode values(String label, String selector) {
		return data(get("/api/v1/label/%s/values".formatted(label), Map.of("match[]", selector)));
	}

	/** Lists its groups of rules, and how they fare. */
	JsonNode groups() {
		return data(get("/api/v1/rules", Map.of())).get("groups");
	}

	Duration age() {
		return Duration.between(this.begin, Instant.now());
	}

	@Override
	public void close() {
		this.process.destroy();
		assertThat(this.process.onExit().orTimeout(30, TimeUnit.SECONDS).join().isAlive()).isFalse();
	}

	private JsonNode result(String path, Map<String, String> parameters) {
		return data(get(path, parameters)).get("result");
	}

	private static JsonNode data(String answer) {
		JsonNode json = JsonMapper.shared().readTree(answer);
		assertThat(json.path("status").asString()).as(answer).isEqualTo("success");
		return json.get("data");
	}

	private String get(String path, Map<String, String> parameters) {
		return this.browser.get(this.url.resolve(path + "?" + Browser.form(parameters))).body();
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
