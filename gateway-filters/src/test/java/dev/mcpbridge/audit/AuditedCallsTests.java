package dev.mcpbridge.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.mcpbridge.exchange.Identity;
import dev.mcpbridge.policy.BodyDefect;
import dev.mcpbridge.policy.CallOutcome;
import dev.mcpbridge.policy.Decision;
import dev.mcpbridge.policy.EndedCall;
import dev.mcpbridge.policy.ToolCall;
import dev.mcpbridge.policy.ToolClass;
import dev.mcpbridge.secret.Fingerprint;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class AuditedCallsTests {

	static final JsonMapper JSON = JsonMapper.shared();

	final MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.post("/mcp"));

	final List<AuditEvent> events = new ArrayList<>();

	@Test
	void anEventSaysWhoCalledWhatAndHowItEnded() {
		audit(Set.of("cloudId"), """
				{"cloudId": "a-cloud", "jql": "project = SECRET"}""",
				new Decision(Decision.Verdict.ALLOWED, "rule", "everybody", "reading"), CallOutcome.TOOL_ERROR);
		assertThat(JSON.writeValueAsString(this.events.get(0).members())).isEqualTo(("""
				{"time":"1970-01-01T00:00:00Z","event":"tool_call","person":"p-anna","client":"%s",\
				"tool":"searchJiraIssuesUsingJql","class":"search","id":"\\"seven\\"","arguments":["cloudId","jql"],\
				"values":{"cloudId":"a-cloud"},"decision":"allowed","reason":"rule","policy":"everybody",\
				"rule":"reading","outcome":"tool_error","duration_ms":1500,"request_id":"r-1","trace_id":"t-1"}""")
			.formatted(Fingerprint.of("the client")));
	}

	@Test
	void noValueIsWrittenThatNobodyAskedFor() {
		audit(Set.of(), """
				{"jql": "project = SECRET", "nested": {"jql": "SECRET"}}""", Decision.NO_POLICY, CallOutcome.OK);
		assertThat(JSON.writeValueAsString(this.events.get(0).members())).doesNotContain("SECRET", "values");
	}

	@Test
	void whatAClientChoseIsCut() {
		String longest = "x".repeat(5000);
		ObjectNode arguments = JSON.createObjectNode();
		for (int index = 0; index < 500; index++) {
			arguments.put(longest + index, longest);
		}
		arguments.put("cloudId", longest);
		audit(Set.of("cloudId"), arguments.toString(), Decision.NO_POLICY, CallOutcome.OK);
		assertThat(JSON.writeValueAsString(this.events.get(0).members()).length()).isLessThan(10_000);
	}

	@Test
	void aRequestRefusedForItsFormIsAuditedToo() {
		Identity.of("anna", null, null, "", List.of()).enter(this.exchange);
		drained(Set.of(), (calls) -> calls.malformed(this.exchange, BodyDefect.DUPLICATE_MEMBER));
		assertThat(this.events.get(0).members()).containsEntry("decision", "refused")
			.containsEntry("reason", "duplicate_member")
			.containsEntry("person", "p-anna")
			.doesNotContainKeys("tool", "client");
	}

	private void audit(Set<String> values, String arguments, Decision decision, CallOutcome outcome) {
		ToolCall call = new ToolCall("searchJiraIssuesUsingJql", ToolClass.SEARCH,
				(ObjectNode) JSON.readTree(arguments), StringNode.valueOf("seven"));
		EndedCall ended = new EndedCall(Identity.of("anna", "the client", null, "", List.of()), call, decision, outcome,
				Duration.ofMillis(1500), Context.of("requestId", "r-1", "trace", "t-1"));
		drained(values, (calls) -> calls.ended(this.exchange, ended));
	}

	private void drained(Set<String> values, java.util.function.Consumer<AuditedCalls> what) {
		AuditTrailTests.Collecting sink = new AuditTrailTests.Collecting();
		try (AuditTrail trail = new AuditTrail(10, List.of(sink), AuditListener.all(List.of()))) {
			what.accept(new AuditedCalls(trail, (subject) -> "p-" + subject, values,
					(context) -> context.getOrDefault("trace", null), () -> Instant.EPOCH));
		}
		this.events.addAll(sink.events);
	}

}
