package dev.mcpbridge.observe;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.mcpbridge.exchange.Identity;
import dev.mcpbridge.message.McpMethod;
import dev.mcpbridge.policy.CallOutcome;
import dev.mcpbridge.policy.Decision;
import dev.mcpbridge.policy.Decision.Verdict;
import dev.mcpbridge.policy.EndedCall;
import dev.mcpbridge.policy.ToolCall;
import dev.mcpbridge.policy.ToolClass;
import dev.mcpbridge.policy.ToolClasses;
import dev.mcpbridge.relay.MemoryRelay;
import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.request.RequestOutcome;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.stream.StreamDrain;
import dev.mcpbridge.testing.MetricFamily;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import tools.jackson.databind.node.JsonNodeFactory;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/metrics.md} names every metric there is with all values of its tags, and no
 * other.
 */
class MetricsDocsTests {

	private static final Path PAGE = Path.of("docs/metrics.md");

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	@BeforeEach
	void register() {
		new AccessMetrics(this.registry);
		new AuditMetrics(this.registry);
		new CatalogueMetrics(this.registry);
		new LimitMetrics(this.registry);
		new NoticeMetrics(this.registry);
		register(new RequestMetrics(this.registry));
		new TokenMetrics(this.registry);
		new RefreshMetrics(this.registry);
		new GrantMetrics(this.registry);
		new ActiveGrantsMetrics(this.registry, () -> 0);
		new StreamMetrics(this.registry);
		new SessionMetrics(this.registry, InstantSource.system());
		new TranslationMetrics(this.registry);
		new UpstreamMetrics(this.registry);
		register(new ToolCallMetrics(this.registry, ToolClasses.standard()));
		new RecordMetrics(this.registry);
		new DrainMetrics(this.registry, new StreamDrain(Duration.ZERO, Schedulers.parallel()));
		MemoryRelay relay = new MemoryRelay(
				new RelayLimits(DataSize.ofBytes(1), Duration.ofSeconds(1), Duration.ofSeconds(1)), 1,
				InstantSource.system());
		new RelayMetrics(this.registry, relay);
		new ObservedRelay(relay, this.registry);
		new ObservedStore(new MemoryStore(InstantSource.system(), 1), this.registry);
	}

	@Test
	void everyMetricIsDocumentedWithItsTypeAndTheValuesOfItsTags() {
		Map<String, MetricFamily> registered = MetricFamily.scraped(this.registry.scrape());
		assertThat(registered).isEqualTo(MetricFamily.documented(PAGE)).hasSizeGreaterThan(10);
		assertThat(registered.get("mcp_bridge_refresh_fallback_total")).isEqualTo(new MetricFamily(
				"mcp_bridge_refresh_fallback_total", "counter", Map.of("accepted", Set.of("true", "false"))));
	}

	/** Made as they are needed: here, all there can be. */
	private static void register(RequestMetrics requests) {
		for (McpMethod method : McpMethod.values()) {
			for (RequestOutcome outcome : RequestOutcome.values()) {
				requests.answered("mcp", method, outcome, Duration.ZERO);
			}
		}
	}

	private static void register(ToolCallMetrics calls) {
		ServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
		for (ToolClass kind : ToolClass.values()) {
			for (CallOutcome outcome : CallOutcome.values()) {
				calls.ended(exchange,
						call((kind == ToolClass.READ) ? "getJiraIssue" : "strange", kind, outcome, Decision.NO_POLICY));
			}
		}
		for (Verdict verdict : Verdict.values()) {
			for (String reason : List.of("mode", "rule", "scope", "expression", "name", "batch")) {
				calls.ended(exchange, call("getJiraIssue", ToolClass.READ, CallOutcome.OK,
						new Decision(verdict, reason, "contractors", "own-project")));
			}
		}
	}

	private static EndedCall call(String tool, ToolClass kind, CallOutcome outcome, Decision decision) {
		JsonNodeFactory json = JsonNodeFactory.instance;
		return new EndedCall(Identity.NOBODY, new ToolCall(tool, kind, json.objectNode(), json.stringNode("1")),
				decision, outcome, Duration.ZERO, Context.empty());
	}

	@Test
	void everyMetricSaysWhatItIs() {
		assertThat(this.registry.getMeters()).isNotEmpty()
			.allSatisfy((meter) -> assertThat(meter.getId().getDescription()).as(meter.getId().getName()).isNotBlank());
	}

}
