package dev.mcpbridge.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.ReceivedRequest;
import dev.mcpbridge.simulator.mcp.Transports;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every tool of the captured catalogue, under each kind of policy, in each form a call
 * may have: what is decided, what the client gets, and what the upstream hears.
 */
class PolicyMatrixServerTests {

	static final Set<String> LISTED = Set.of("getJiraIssue", "createJiraIssue", "searchJiraIssuesUsingJql",
			"getConfluencePage", "updateConfluencePage", "atlassianUserInfo");

	static final AtlassianSimulator atlassian = AtlassianSimulator.builder()
		.autoApprove(true)
		.transports(Transports.both().withModern())
		.start();

	static final TestGateway gateway = start();

	static final String token = TestClient.register(gateway.url()).signIn().accessToken();

	static final AtomicInteger ids = new AtomicInteger();

	static final JsonNode catalogue = JsonMapper.shared()
		.readTree(AtlassianSimulator.class.getResourceAsStream("mcp/tools.json"))
		.path("atlassian");

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	private static TestGateway start() {
		TestGateway.Builder builder = TestGateway.inFrontOf(atlassian.url());
		int index = 0;
		for (Policy policy : Policy.values()) {
			String name = policy.word();
			String at = "mcp.bridge.tools.policies[%d].".formatted(index++);
			builder.property(at + "name", name);
			policy.properties.forEach((property, value) -> builder.property(at + property, value));
			String filter = "McpBridge=5m,15s,5m,%s,256KB,10MB,%s";
			String message = "/" + name + "/sse/message";
			builder
				.route(name, atlassian.url(), "/" + name + "/mcp", filter.formatted(message, name), "SetPath=/v1/mcp")
				.route(name + "-sse", atlassian.url(), "/" + name + "/sse", filter.formatted(message, name),
						"SetPath=/v1/sse")
				.route(name + "-message", atlassian.url(), message, filter.formatted(message, name),
						"SetPath=/v1/sse/message");
		}
		return builder.start();
	}

	static Stream<Arguments> matrix() {
		return Stream.of(Policy.values())
			.flatMap((policy) -> Stream.of(WireForm.values()).map((form) -> Arguments.of(policy, form)));
	}

	@ParameterizedTest
	@MethodSource("matrix")
	void everyToolIsDecidedAsThePolicySays(Policy policy, WireForm form) {
		Set<String> sent = new TreeSet<>();
		Set<String> kept = new TreeSet<>();
		try (WireForm.Speaker speaker = form.speak(gateway.url("/" + policy.word()), token)) {
			for (JsonNode tool : catalogue) {
				String name = tool.path("name").stringValue();
				String id = "call-" + ids.incrementAndGet() + "-";
				boolean allowed = policy.allows.test(name, tool);
				check(speaker.call(id, name, argumentsFor(tool)), allowed, policy, form);
				(allowed ? sent : kept).add(id);
			}
		}
		List<String> received = atlassian.requests().stream().map(ReceivedRequest::body).toList();
		assertThat(sent).allMatch((id) -> received.stream().anyMatch((body) -> body.contains(id)));
		assertThat(kept).noneMatch((id) -> received.stream().anyMatch((body) -> body.contains(id)));
		assertThat(sent.size() + kept.size()).isEqualTo(24);
	}

	@ParameterizedTest
	@EnumSource
	void aListShowsWhatSomeCallOfMayPass(Policy policy) {
		List<String> expected = catalogue.valueStream()
			.filter((tool) -> policy.shows.test(tool.path("name").stringValue(), tool))
			.map((tool) -> tool.path("name").stringValue())
			.toList();
		for (WireForm form : WireForm.values()) {
			try (WireForm.Speaker speaker = form.speak(gateway.url("/" + policy.word()), token)) {
				JsonNode tools = speaker.list("list-" + ids.incrementAndGet(), "{}")
					.message()
					.path("result")
					.path("tools");
				assertThat(tools.valueStream().map((tool) -> tool.path("name").stringValue())).as("%s", form)
					.containsExactlyElementsOf(expected);
			}
		}
	}

	private static void check(WireForm.Said said, boolean allowed, Policy policy, WireForm form) {
		if (allowed) {
			said.isAnsweredByTheUpstream();
		}
		else if (policy == Policy.SCOPE && !form.isBatch()) {
			said.lacksScope("write:everything");
		}
		else {
			said.isRefusedBy(policy.word());
			assertThat(said.type()).startsWith((form == WireForm.SSE || form.name().startsWith("LEGACY"))
					? "text/event-stream" : "application/json");
			assertThat(said.beside().path("error").path("message").asString(""))
				.isEqualTo(form.isBatch() ? "Not sent, since another call of its batch was refused" : "");
		}
	}

	/** Arguments that lie in the project the policy of arguments is about. */
	private static String argumentsFor(JsonNode tool) {
		List<String> arguments = new ArrayList<>(List.of("\"cloudId\":\"11111111-2222-3333-4444-555555555555\""));
		JsonNode known = tool.path("inputSchema").path("properties");
		Map.of("issueIdOrKey", "PROJ-1", "projectKey", "PROJ", "projectIdOrKey", "proj", "spaceId", "42", "pageId", "7",
				"jql", "project = PROJ", "cql", "space = DOCS")
			.forEach((name, value) -> {
				if (known.has(name)) {
					arguments.add("\"%s\":\"%s\"".formatted(name, value));
				}
			});
		return "{" + String.join(",", arguments) + "}";
	}

	private static boolean reads(String tool) {
		return ToolClasses.standard().classOf(tool).isReadOnly();
	}

	/** The kinds of policies. */
	enum Policy {

		READ_ONLY((tool, node) -> reads(tool), (tool, node) -> reads(tool), "mode", "read-only"),

		ALLOW_LIST((tool, node) -> LISTED.contains(tool), (tool, node) -> LISTED.contains(tool), "mode", "deny",
				"rules[0].effect", "allow", "rules[0].tools", String.join(",", LISTED)),

		DENY_LIST((tool, node) -> !LISTED.contains(tool), (tool, node) -> !LISTED.contains(tool), "mode", "allow",
				"rules[0].effect", "deny", "rules[0].tools", String.join(",", LISTED)),

		ARGUMENT((tool, node) -> isInProject(node), (tool, node) -> true, "mode", "deny", "rules[0].effect", "allow",
				"rules[0].projects", "proj"),

		SCOPE((tool, node) -> reads(tool), (tool, node) -> true, "mode", "read-only", "rules[0].effect", "allow",
				"rules[0].scopes", "write:everything");

		final BiPredicate<String, JsonNode> allows;

		final BiPredicate<String, JsonNode> shows;

		final Map<String, String> properties = new LinkedHashMap<>();

		Policy(BiPredicate<String, JsonNode> allows, BiPredicate<String, JsonNode> shows, String... properties) {
			this.allows = allows;
			this.shows = shows;
			for (int index = 0; index < properties.length; index += 2) {
				this.properties.put(properties[index], properties[index + 1]);
			}
		}

		String word() {
			return name().toLowerCase(Locale.ROOT);
		}

		private static boolean isInProject(JsonNode tool) {
			JsonNode known = tool.path("inputSchema").path("properties");
			return known.has("issueIdOrKey") || known.has("projectKey") || known.has("projectIdOrKey");
		}

	}

}
