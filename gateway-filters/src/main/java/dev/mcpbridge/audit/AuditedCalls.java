package dev.mcpbridge.audit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import dev.mcpbridge.audit.AuditEvent.Decided;
import dev.mcpbridge.exchange.Identity;
import dev.mcpbridge.policy.BodyDefect;
import dev.mcpbridge.policy.Decision;
import dev.mcpbridge.policy.EndedCall;
import dev.mcpbridge.policy.ToolCall;
import dev.mcpbridge.policy.ToolCallListener;
import dev.mcpbridge.request.RequestIds;
import dev.mcpbridge.secret.Fingerprint;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;
import tools.jackson.databind.JsonNode;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * Makes an event of each call of a tool that is over, refused ones included, and of each
 * request that was refused for its form.
 * <p>
 * Everything a client chose is cut to a bound.
 */
public final class AuditedCalls implements ToolCallListener {

	private static final int MOST_ARGUMENTS = 64;

	private static final int LONGEST_NAME = 128;

	private static final int LONGEST_VALUE = 256;

	private final AuditTrail trail;

	private final PersonName names;

	private final Set<String> values;

	private final Function<ContextView, @Nullable String> traces;

	private final InstantSource clock;

	/**
	 * Makes it.
	 * @param trail where events are written
	 * @param names how people are called
	 * @param values the arguments whose values are written
	 * @param traces finds the id of a trace in the context of a request
	 * @param clock the time
	 */
	public AuditedCalls(AuditTrail trail, PersonName names, Set<String> values,
			Function<ContextView, @Nullable String> traces, InstantSource clock) {
		this.trail = trail;
		this.names = names;
		this.values = Set.copyOf(values);
		this.traces = traces;
		this.clock = clock;
	}

	@Override
	public void ended(ServerWebExchange exchange, EndedCall ended) {
		ToolCall call = ended.call();
		List<String> arguments = call.arguments()
			.propertyNames()
			.stream()
			.limit(MOST_ARGUMENTS)
			.map((name) -> cut(name, LONGEST_NAME))
			.toList();
		Decision decision = ended.decision();
		Decided decided = new Decided(word(decision.verdict()), decision.reason(), decision.policy(), decision.rule());
		String requestId = ended.context().getOrDefault(RequestIds.KEY, null);
		this.trail.add(new AuditEvent(this.clock.instant(), person(ended.who()), client(ended.who()), route(exchange),
				cut(call.name(), LONGEST_NAME), call.kind().word(), cut(call.id().toString(), LONGEST_NAME), arguments,
				values(call), decided, word(ended.outcome()), ended.took().toMillis(), requestId,
				this.traces.apply(ended.context())));
	}

	@Override
	public void malformed(ServerWebExchange exchange, BodyDefect defect) {
		Identity who = Identity.of(exchange);
		this.trail.add(new AuditEvent(this.clock.instant(), person(who), client(who), route(exchange), "", "", "",
				List.of(), Map.of(), new Decided("refused", word(defect), "", ""), "refused", Duration.ZERO.toMillis(),
				null, null));
	}

	private @Nullable String person(Identity who) {
		return who.subject().isEmpty() ? null : this.names.of(who.subject());
	}

	/** As operators see it elsewhere: the identifier is long, and opens things. */
	private static @Nullable String client(Identity who) {
		return (who.clientId() != null) ? Fingerprint.of(who.clientId()) : null;
	}

	private Map<String, String> values(ToolCall call) {
		Map<String, String> written = new TreeMap<>();
		for (String name : this.values) {
			JsonNode value = call.arguments().get(name);
			if (value != null) {
				written.put(name, cut(value.isString() ? value.stringValue() : value.toString(), LONGEST_VALUE));
			}
		}
		return written;
	}

	private static String route(ServerWebExchange exchange) {
		Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		return (route != null) ? route.getId() : "";
	}

	private static String word(Enum<?> word) {
		return word.name().toLowerCase(Locale.ROOT);
	}

	private static String cut(String text, int longest) {
		return (text.length() <= longest) ? text : text.substring(0, longest) + "…";
	}

}
