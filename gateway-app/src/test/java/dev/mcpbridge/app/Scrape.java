package dev.mcpbridge.app;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestGateway;

import org.springframework.core.env.Environment;

/**
 * What Prometheus sees of a gateway at one moment.
 *
 * @param page the page
 */
record Scrape(String page) {

	private static final Pattern COUNT = Pattern
		.compile("(?m)^(mcp_bridge_\\w+_total(?:\\{.*})?|mcp_bridge_refresh_seconds_count\\{.*}) (\\S+)$");

	/** Scrapes the management port. */
	static Scrape of(TestGateway gateway) {
		String port = gateway.bean(Environment.class).getRequiredProperty("local.management.port");
		return new Scrape(
				new Browser().get(URI.create("http://localhost:%s/actuator/prometheus".formatted(port))).body());
	}

	/** Returns the value of a series, its tags sorted by their names. */
	double value(String series) {
		return this.page.lines()
			.filter((line) -> line.startsWith(series + ' '))
			.mapToDouble((line) -> Double.parseDouble(line.substring(series.length() + 1)))
			.findFirst()
			.orElseThrow(() -> new AssertionError("not on the page: " + series));
	}

	/** Returns what was counted since another scrape, refreshes among it. */
	Map<String, Double> grownSince(Scrape before) {
		Map<String, Double> grown = counts();
		before.counts().forEach((series, count) -> grown.computeIfPresent(series, (same, now) -> now - count));
		grown.values().removeIf((growth) -> growth == 0);
		return grown;
	}

	private Map<String, Double> counts() {
		return COUNT.matcher(this.page)
			.results()
			.collect(Collectors.toMap((line) -> line.group(1), (line) -> Double.valueOf(line.group(2)), Double::sum,
					TreeMap::new));
	}

}
