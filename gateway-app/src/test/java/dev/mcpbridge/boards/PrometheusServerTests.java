package dev.mcpbridge.boards;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A real Prometheus that scrapes gateways at work has an answer for every panel and every
 * rule.
 */
class PrometheusServerTests {

	/**
	 * How long people work: more by {@code -Dmcp.test.board-minutes=10}, for boards to
	 * look at. What was scraped stays in {@code target/boards/data}.
	 */
	static final int MINUTES = Integer.getInteger("mcp.test.board-minutes", 0);

	/** How long nothing goes wrong in between, if there is time. */
	private static final Duration QUIET = Duration.ofSeconds(50);

	private static final Path SCRAPED = Path.of("target/boards");

	/** What shows that everything that may go wrong has been seen. */
	static final List<String> SIGNS = List.of("mcp_bridge_requests_seconds_count{outcome=\"upstream_failed\"}",
			"mcp_bridge_unavailable_total{reason=\"refresh\"} > 0",
			"mcp_bridge_refresh_seconds_count{outcome=\"unreachable\"} > 0",
			"mcp_bridge_refresh_seconds_count{trigger=\"ahead\",outcome=\"rotated\"} > 0",
			"mcp_bridge_refresh_forced_total{outcome=\"rotated\"} > 0",
			"mcp_bridge_login_required_total{reason=\"invalid_client\"} > 0",
			"mcp_bridge_stream_seconds_count{end=\"upstream_failed\"} > 0",
			"mcp_bridge_translation_messages_total{upstream=\"sse\",flow=\"to_client\"} > 0",
			"mcp_bridge_translation_messages_total{upstream=\"streamable\",flow=\"to_client\"} > 0",
			"mcp_bridge_sessions_rejected_total{reason=\"foreign\"} > 0");

	/** A rate takes two scrapes, and what is recorded of it one more turn. */
	private static final Duration RECORDED = Duration.ofSeconds(30);

	private static final Pattern JOINT = Pattern.compile("\\b(?:and|or)\\b(?: on \\([^)]*\\))?");

	private static final Pattern LIMIT = Pattern.compile("(?:==|>=|>) [\\d.* ]+$");

	static Office office;

	static Prometheus prometheus;

	@BeforeAll
	static void work() throws IOException {
		DebianTool.PROMETHEUS.expect();
		FileSystemUtils.deleteRecursively(SCRAPED);
		office = new Office(3);
		prometheus = new Prometheus(SCRAPED, office.managementPorts());
		Instant end = Instant.now().plus(Duration.ofMinutes(MINUTES));
		workForAWhile();
		while (Instant.now().isBefore(end)) {
			await().pollDelay(QUIET).atMost(QUIET.multipliedBy(2)).until(() -> true);
			workForAWhile();
		}
		assertThat(SIGNS).allSatisfy((sign) -> await(sign).atMost(Duration.ofSeconds(30)).until(() -> isSeen(sign)));
	}

	private static void workForAWhile() {
		await().atMost(Duration.ofMinutes(1))
			.until(() -> isSeen("sum(rate(mcp_bridge_refresh_seconds_count[5s])) > 0"));
		office.misbehave();
		office.stumble();
		// Whether a request or a renewal ahead of it comes first after one end is chance.
		await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofSeconds(3)).until(() -> {
			office.endTokens();
			return isSeen(SIGNS.get(4));
		});
		office.beginOutage();
		await().atMost(Duration.ofMinutes(1)).until(() -> isSeen(SIGNS.get(1)) && isSeen(SIGNS.get(2)));
		office.endOutage();
	}

	@AfterAll
	static void stop() {
		if (prometheus != null) {
			prometheus.close();
		}
		if (office != null) {
			office.close();
		}
	}

	static List<Board> boards() {
		return Board.all();
	}

	@ParameterizedTest
	@MethodSource("boards")
	void everyPanelHasSomethingToShow(Board board) {
		await().atMost(RECORDED)
			.untilAsserted(
					() -> assertThat(board.panels().stream().flatMap(PrometheusServerTests::emptyQueries)).isEmpty());
	}

	@Test
	void everyBoardCanBeChosenFor() {
		for (String label : List.of("namespace", "job", "instance")) {
			assertThat(prometheus.values(label, "mcp_bridge_streams_open")).as(label).isNotEmpty();
		}
	}

	@Test
	void noRuleFails() {
		assertThat(prometheus.groups()).isNotEmpty()
			.allSatisfy((group) -> assertThat(group.get("rules"))
				.allSatisfy((rule) -> assertThat(rule.get("health").asString()).as(rule.toString()).isEqualTo("ok")));
	}

	@Test
	void everyNumberThatIsToBeRecordedIs() {
		await().atMost(RECORDED)
			.untilAsserted(() -> assertThat(Rules.all()).filteredOn((rule) -> rule.record() != null)
				.hasSizeGreaterThan(20)
				.filteredOn((rule) -> !isNumber(prometheus.ask(rule.name())))
				.isEmpty());
	}

	/** Whether or not it is above its limit: there is something to compare. */
	@Test
	void everyAlertLooksAtNumbersThatAreThere() {
		List<String> conditions = Rules.alerts().stream().flatMap((alert) -> conditions(alert.expr())).toList();
		assertThat(conditions).hasSizeGreaterThan(50);
		await().atMost(RECORDED)
			.untilAsserted(() -> assertThat(conditions).filteredOn((condition) -> !isNumber(prometheus.ask(condition)))
				.isEmpty());
	}

	@Test
	void everyQueryOfTheGuideHasAnAnswer() {
		await().atMost(RECORDED)
			.untilAsserted(
					() -> assertThat(new Guide().queries()).filteredOn((query) -> !isNumber(prometheus.ask(query)))
						.isEmpty());
	}

	/** Returns what is compared with a limit, or looked for. */
	private static Stream<String> conditions(String expression) {
		return JOINT.splitAsStream(expression)
			.map((clause) -> LIMIT.matcher(clause.strip()).replaceAll("").strip())
			.map((clause) -> clause.replaceAll("^absent\\((.*)\\)$", "$1").replace(" offset 10m", ""));
	}

	private static Stream<String> emptyQueries(Panel panel) {
		return panel.chosenQueries().values().stream().map(PrometheusServerTests::interpolated).filter((query) -> {
			JsonNode result = panel.type().isInstant() ? prometheus.ask(query) : prometheus.askSinceBegin(query);
			return !isNumber(result);
		}).map((query) -> "%s: %s".formatted(panel.title(), query));
	}

	/**
	 * As Grafana does, with one gateway chosen, all of its instances, and any namespace.
	 */
	private static String interpolated(String query) {
		return query.replace("$namespace", ".*")
			.replace("$job", Prometheus.JOB)
			.replace("$instance", ".*")
			.replace("$__rate_interval", "4s")
			.replace("$__range", prometheus.age().toSeconds() + "s");
	}

	private static boolean isSeen(String query) {
		return !prometheus.ask(query).isEmpty();
	}

	/** Whether there is a sample that is one, at any time. */
	private static boolean isNumber(JsonNode result) {
		return StreamSupport.stream(result.spliterator(), false)
			.flatMap((series) -> series.has("values") ? StreamSupport.stream(series.get("values").spliterator(), false)
					: Stream.of(series.get("value")))
			.anyMatch((sample) -> !sample.get(1).asString().equals("NaN"));
	}

}
