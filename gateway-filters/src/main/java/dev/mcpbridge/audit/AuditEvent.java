package dev.mcpbridge.audit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One call of a tool, as it is written down.
 *
 * @param time when it was over
 * @param person who called, as configured: a pseudonym, the subject, or {@code null}
 * @param client the fingerprint of the client, or {@code null} if the token names none
 * @param route the id of the route
 * @param tool the name of the tool; empty for a request refused for its form
 * @param toolClass what the tool does
 * @param id the JSON-RPC id of the call, as JSON
 * @param arguments the names of its arguments
 * @param values the values of those arguments whose values are to be written
 * @param decision what was decided, why, by which policy and which rule
 * @param outcome how it ended
 * @param millis how long it took
 * @param requestId the id of the request, or {@code null}
 * @param traceId the id of its trace, or {@code null}
 */
public record AuditEvent(Instant time, @Nullable String person, @Nullable String client, String route, String tool,
		String toolClass, String id, List<String> arguments, Map<String, String> values, Decided decision,
		String outcome, long millis, @Nullable String requestId, @Nullable String traceId) {

	public AuditEvent {
		arguments = List.copyOf(arguments);
		values = Map.copyOf(values);
	}

	/**
	 * Returns it as a flat object, without what is empty.
	 * @return names and values, in the order of reading
	 */
	public Map<String, Object> members() {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("time", this.time.toString());
		members.put("event", "tool_call");
		put(members, "person", this.person);
		put(members, "client", this.client);
		put(members, "route", this.route);
		put(members, "tool", this.tool);
		put(members, "class", this.toolClass);
		put(members, "id", this.id);
		members.put("arguments", this.arguments);
		if (!this.values.isEmpty()) {
			members.put("values", this.values);
		}
		put(members, "decision", this.decision.verdict());
		put(members, "reason", this.decision.reason());
		put(members, "policy", this.decision.policy());
		put(members, "rule", this.decision.rule());
		put(members, "outcome", this.outcome);
		members.put("duration_ms", this.millis);
		put(members, "request_id", this.requestId);
		put(members, "trace_id", this.traceId);
		return members;
	}

	private static void put(Map<String, Object> members, String name, @Nullable String value) {
		if (value != null && !value.isEmpty()) {
			members.put(name, value);
		}
	}

	/**
	 * What was decided.
	 *
	 * @param verdict {@code allowed}, {@code would_refuse} or {@code refused}
	 * @param reason why
	 * @param policy the policy that was asked, if any
	 * @param rule the rule that decided, if any
	 */
	public record Decided(String verdict, String reason, String policy, String rule) {

	}

}
