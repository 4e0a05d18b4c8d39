package dev.mcpbridge.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules and dashboards come as they are in their files, however many there are.
 */
@EnabledIf(value = "dev.mcpbridge.helm.HelmLibrary#isExpected", disabledReason = "no Helm for this processor")
class ChartMonitoringTests {

	@TempDir
	Path chart = Path.of("");

	@Test
	void thereMayBeNone() throws IOException {
		copyWithout("rules", "dashboards");
		Release release = Chart.renderOther(this.chart, Chart.shape("monitored"));
		assertThat(release.all("PrometheusRule")).isEmpty();
		assertThat(release.all("ConfigMap")).hasSize(1);
	}

	@Test
	void theTemplatesOfPrometheusAreLeftToPrometheus() throws IOException {
		copyWithout("rules", "dashboards");
		String rules = """
				# What wakes somebody.
				groups:
				  - name: streams
				    rules:
				      - alert: StreamsCut
				        expr: rate(mcp_bridge_stream_seconds_count{end="cut"}[5m]) > 1
				        annotations:
				          summary: "{{ $labels.pod }} cuts {{ $value | humanize }} streams a second"
				""";
		Files.createDirectories(this.chart.resolve("rules"));
		Files.writeString(this.chart.resolve("rules/streams.yaml"), rules);
		Files.createDirectories(this.chart.resolve("dashboards"));
		String dashboard = "{\n  \"title\": \"Streams\",\n  \"panels\": [{\"legendFormat\": \"{{pod}}\"}]\n}\n";
		Files.writeString(this.chart.resolve("dashboards/streams.json"), dashboard);
		Release release = Chart.renderOther(this.chart, Chart.shape("monitored"));
		Manifest rule = release.one("PrometheusRule");
		StrictModels.check(rule);
		assertThat(rule.at("spec")).isEqualTo(Yaml.map(rules));
		assertThat(rule.name()).isEqualTo("bridge-mcp-bridge-gateway-streams");
		assertThat(release.all("ConfigMap")).filteredOn((map) -> map.name().endsWith("-dashboard-streams"))
			.singleElement()
			.satisfies((map) -> {
				StrictModels.check(map);
				assertThat(Yaml.asMap(map.content().get("data"))).containsEntry("streams.json", dashboard);
				assertThat(map.at("metadata.labels.grafana_dashboard")).isEqualTo("1");
			});
	}

	private void copyWithout(String... directories) throws IOException {
		try (Stream<Path> files = Files.walk(Chart.DIRECTORY)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path name = Chart.DIRECTORY.relativize(file);
				if (!List.of(directories).contains(name.getName(0).toString())) {
					Path copy = this.chart.resolve(name.toString());
					Files.createDirectories(copy.getParent());
					Files.copy(file, copy);
				}
			}
		}
	}

}
