package dev.mcpbridge.observe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.mcpbridge.policy.BodyDefect;
import dev.mcpbridge.policy.CallOutcome;
import dev.mcpbridge.policy.Decision;
import dev.mcpbridge.policy.EndedCall;
import dev.mcpbridge.policy.ToolCallListener;
import dev.mcpbridge.policy.ToolClasses;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.web.server.ServerWebExchange;

/**
 * Times calls of tools where they are read, and counts what was decided about them.
 * <p>
 * A tool is named if it is a known one; whatever else clients call is one tag. Meters of
 * calls and decisions are made when there is something to count.
 */
public final class ToolCallMetrics implements ToolCallListener {

	private static final String OTHER = "other";

	private final MeterRegistry registry;

	private final ToolClasses classes;

	private final Map<Kind, Timer> calls = new ConcurrentHashMap<>();

	private final Map<Decision, Counter> decisions = new ConcurrentHashMap<>();

	private final MeterPerWord<BodyDefect, Counter> unjudged;

	private final Counter hidden;

	/**
	 * Makes the meters.
	 * @param registry where they are published
	 * @param classes the known tools
	 */
	public ToolCallMetrics(MeterRegistry registry, ToolClasses classes) {
		this.registry = registry;
		this.classes = classes;
		this.unjudged = MeterPerWord.counters(BodyDefect.class, registry, "mcp.bridge.tools.unjudged",
				"Requests refused since nobody can tell for certain what they call", "defect");
		this.hidden = Counter.builder("mcp.bridge.tools.hidden")
			.description("Tools taken from lists on their way to clients")
			.register(registry);
	}

	@Override
	public boolean wantsEveryCall() {
		return false;
	}

	@Override
	public void ended(ServerWebExchange exchange, EndedCall call) {
		String name = call.call().name();
		Kind kind = new Kind(this.classes.isKnown(name) ? name : OTHER, call.call().kind().word(), call.outcome());
		this.calls.computeIfAbsent(kind, this::timer).record(call.took());
		this.decisions.computeIfAbsent(call.decision(), this::counter).increment();
	}

	@Override
	public void malformed(ServerWebExchange exchange, BodyDefect defect) {
		this.unjudged.of(defect).increment();
	}

	@Override
	public void hidden(ServerWebExchange exchange, int count) {
		this.hidden.increment(count);
	}

	private Timer timer(Kind kind) {
		return Timer.builder("mcp.bridge.tools.calls")
			.description("Calls of tools, and how long until their answer had ended")
			.tags("tool", kind.tool(), "class", kind.type(), "outcome", MeterPerWord.value(kind.outcome()))
			.register(this.registry);
	}

	private Counter counter(Decision decision) {
		return Counter.builder("mcp.bridge.tools.decisions")
			.description("What was decided about calls of tools, and by what")
			.tags("verdict", MeterPerWord.value(decision.verdict()), "reason", decision.reason(), "policy",
					named(decision.policy()), "rule", named(decision.rule()))
			.register(this.registry);
	}

	private static String named(String name) {
		return name.isEmpty() ? "none" : name;
	}

	/** What has a timer of its own. */
	private record Kind(String tool, String type, CallOutcome outcome) {

	}

}
