package dev.mcpbridge.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.MetricFamily;
import dev.mcpbridge.testing.TestGateway;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What Prometheus sees of a gateway at work is what the documentation says, and names
 * nobody.
 */
class MetricsServerTests {

	private static final String REQUESTS = "mcp_bridge_requests_seconds";

	/** Those that are there once there is something to tell. */
	static final Set<String> LATER = Set.of("mcp_bridge_requests_seconds", "mcp_bridge_tools_calls_seconds",
			"mcp_bridge_tools_decisions_total");

	static final Path PAGE = Path.of("../gateway-filters/docs/metrics.md");

	static final LeakDetector detector = new LeakDetector();

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.of(GatewayApplication.class)
		.property("mcp.bridge.upstream.url", atlassian.url().toString())
		.property("mcp.bridge.token.lifetime", "PT8H")
		.property("management.server.port", "0")
		.clock(atlassian.clock())
		.start();

	static final OverheardClient client = new OverheardClient(gateway.url(), detector);

	static final String token = client.signIn().accessToken();

	@BeforeAll
	static void work() {
		assertThat(client.call(token).statusCode()).isEqualTo(200);
		assertThat(client.call(token + "x").statusCode()).isEqualTo(401);
		assertThat(client.post(client.openStream(token), token).statusCode()).isEqualTo(202);
		atlassian.clock().advance(Duration.ofMinutes(52));
		assertThat(client.call(token).statusCode()).isEqualTo(200);
		await().until(() -> atlassian.refreshes() == 1);
		detector.learnAllOf(atlassian);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@Test
	void everyMetricOfOursIsDocumentedAndThereWithEachOfItsTags() {
		Map<String, MetricFamily> documented = MetricFamily.documented(PAGE);
		documented.keySet().removeAll(LATER);
		Map<String, MetricFamily> scraped = MetricFamily.scraped(scrape());
		scraped.keySet().removeAll(LATER);
		assertThat(scraped).isEqualTo(documented);
	}

	/** They are there once there is something to time, by the routes there are. */
	@Test
	void requestsAreTimedByRouteMethodAndOutcome() {
		MetricFamily documented = Objects.requireNonNull(MetricFamily.documented(PAGE).get(REQUESTS));
		MetricFamily scraped = Objects.requireNonNull(MetricFamily.scraped(scrape()).get(REQUESTS));
		assertThat(scraped.type()).isEqualTo(documented.type());
		assertThat(scraped.tags()).containsOnlyKeys("route", "method", "outcome");
		assertThat(documented.tags().get("method")).containsAll(scraped.tags().get("method"));
		assertThat(documented.tags().get("outcome")).containsAll(scraped.tags().get("outcome"));
		assertThat(sample(REQUESTS + "_count{method=\"initialize\",outcome=\"ok\",route=\"mcp\"}")).isGreaterThan(1);
		assertThat(sample(REQUESTS + "_count{method=\"none\",outcome=\"challenged\",route=\"mcp\"}")).isPositive();
	}

	/** Those that are there from the start. */
	@Test
	void thereAreAboutAsManySeriesAsThePageSays() throws IOException {
		MatchResult said = Pattern.compile("about ([\\d,]+) series")
			.matcher(Files.readString(PAGE))
			.results()
			.findFirst()
			.orElseThrow();
		long series = scrape().lines()
			.filter((line) -> line.startsWith("mcp_bridge_") && !line.startsWith(REQUESTS))
			.count();
		assertThat(series).isCloseTo(Long.parseLong(said.group(1).replace(",", "")), Percentage.withPercentage(5));
	}

	@Test
	void noSecretPersonOrSessionIsOnThePage() {
		detector.learnAllOf(atlassian);
		assertThat(detector.known()).isGreaterThan(10);
		assertThat(detector.leaksIn(List.of(scrape()))).isEmpty();
	}

	@Test
	void theNumbersOfOthersAreThere() throws IOException {
		List<String> others = Pattern.compile("(?m)^\\| `((?!mcp_)\\w+)` \\| (?!.*only with).*$")
			.matcher(Files.readString(PAGE))
			.results()
			.map((row) -> "# TYPE " + row.group(1) + ' ')
			.toList();
		assertThat(others).hasSizeGreaterThan(3);
		assertThat(scrape()).contains(others);
	}

	@Test
	void aRefreshIsTimedOnceWhoeverBeganIt() {
		assertThat(scrape().lines()
			.filter((line) -> line.startsWith("mcp_bridge_refresh_seconds_count{") && line.endsWith(" 1")))
			.singleElement(InstanceOfAssertFactories.STRING)
			.contains("outcome=\"rotated\"");
		assertThat(sample("mcp_bridge_refresh_lease_wait_seconds_count")).isOne();
	}

	@Test
	void tokensAreMeasuredWhenTheyAreUsed() {
		assertThat(sample("mcp_bridge_token_remaining_seconds_count")).isGreaterThan(3);
		assertThat(sample("mcp_bridge_token_remaining_seconds_bucket{le=\"300.0\"}")).isOne();
	}

	@Test
	void aGrantIsActiveOnceARequestUsesIt() {
		double before = sample("mcp_bridge_grants_active");
		assertThat(before).isPositive();
		OverheardClient another = new OverheardClient(gateway.url(), detector);
		String anothersToken = another.signIn().accessToken();
		assertThat(sample("mcp_bridge_grants_active")).isEqualTo(before);
		assertThat(another.call(anothersToken).statusCode()).isEqualTo(200);
		assertThat(another.call(anothersToken).statusCode()).isEqualTo(200);
		assertThat(sample("mcp_bridge_grants_active")).isEqualTo(before + 1);
	}

	@Test
	void theStoreIsTimed() {
		assertThat(sample("mcp_bridge_store_seconds_count{operation=\"replace\",outcome=\"ok\"}")).isPositive();
		assertThat(sample("mcp_bridge_store_seconds_count{operation=\"take\",outcome=\"ok\"}")).isPositive();
		assertThat(sample("mcp_bridge_store_seconds_count{operation=\"find\",outcome=\"error\"}")).isZero();
	}

	@Test
	void aStreamIsOpenUntilItEnds() {
		double before = sample("mcp_bridge_streams_opened_total{kind=\"get\"}");
		client.openStream(token);
		assertThat(sample("mcp_bridge_streams_opened_total{kind=\"get\"}")).isEqualTo(before + 1);
		assertThat(sample("mcp_bridge_streams_open{kind=\"get\"}")).isPositive();
		atlassian.killStreams();
		await().until(() -> sample("mcp_bridge_streams_open{kind=\"get\"}") == 0);
		assertThat(sample("mcp_bridge_stream_seconds_count{end=\"upstream_failed\"}")).isPositive();
	}

	/** Returns a value of the page. */
	private static double sample(String series) {
		return Scrape.of(gateway).value(series);
	}

	private static String scrape() {
		return Scrape.of(gateway).page();
	}

}
