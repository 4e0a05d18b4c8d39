package dev.mcpbridge.observe;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.mcpbridge.message.McpMethod;
import dev.mcpbridge.request.RequestListener;
import dev.mcpbridge.request.RequestOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Times requests by their route, their method and their outcome.
 * <p>
 * Unlike other meters these are made when there is something to time: most combinations
 * never come, and each is a dozen series.
 */
public final class RequestMetrics implements RequestListener {

	private static final Duration[] REQUEST_TAKES = { Duration.ofMillis(25), Duration.ofMillis(50),
			Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
			Duration.ofMillis(2500), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30) };

	private final MeterRegistry registry;

	private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

	/**
	 * Makes the meters as they are needed.
	 * @param registry where they are published
	 */
	public RequestMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void answered(String route, McpMethod method, RequestOutcome outcome, Duration took) {
		this.timers.computeIfAbsent(new Kind(route, method, outcome), this::timer).record(took);
	}

	private Timer timer(Kind kind) {
		return Timer.builder("mcp.bridge.requests")
			.description("Requests of MCP clients, and how long they waited for the headers of the answer")
			.tags("route", kind.route(), "method", kind.method().word(), "outcome", MeterPerWord.value(kind.outcome()))
			.serviceLevelObjectives(REQUEST_TAKES)
			.register(this.registry);
	}

	/** What has a timer of its own. */
	private record Kind(String route, McpMethod method, RequestOutcome outcome) {

	}

}
