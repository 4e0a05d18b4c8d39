package dev.mcpbridge.policy.rule;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.mcpbridge.exchange.Identity;
import dev.mcpbridge.policy.Decision.Verdict;
import dev.mcpbridge.policy.ToolCall;
import dev.mcpbridge.policy.ToolClass;
import dev.mcpbridge.policy.ToolClasses;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ToolPolicyTests {

	static final Identity JANE = new Identity("jane", "client", "grant", Set.of("read"), Set.of("staff"));

	@Test
	void theFirstRuleThatIsAboutACallDecides() {
		ToolPolicy policy = policy(Mode.ALLOW, allow(tools("createJiraIssue")), deny(classes(ToolClass.WRITE)));
		assertThat(judge(policy, "createJiraIssue", "{}")).isEqualTo(Verdict.ALLOWED);
		assertThat(judge(policy, "editJiraIssue", "{}")).isEqualTo(Verdict.REFUSED);
		assertThat(judge(policy, "getJiraIssue", "{}")).isEqualTo(Verdict.ALLOWED);
	}

	@ParameterizedTest
	@CsvSource({ "ALLOW, ALLOWED, ALLOWED, ALLOWED", "DENY, REFUSED, REFUSED, REFUSED",
			"READ_ONLY, ALLOWED, REFUSED, REFUSED" })
	void theModeDecidesWhatNoRuleIsAbout(Mode mode, Verdict read, Verdict write, Verdict unknown) {
		ToolPolicy policy = policy(mode);
		assertThat(judge(policy, "getJiraIssue", "{}")).isEqualTo(read);
		assertThat(judge(policy, "createJiraIssue", "{}")).isEqualTo(write);
		assertThat(judge(policy, "nobodyKnowsThis", "{}")).isEqualTo(unknown);
	}

	@Test
	void onTrialNothingIsRefusedOrHidden() {
		ToolPolicy policy = new ToolPolicy("trial", Mode.DENY, true, List.of(), catalogue());
		assertThat(judge(policy, "getJiraIssue", "{}")).isEqualTo(Verdict.WOULD_REFUSE);
		assertThat(policy.shows(JANE, "getJiraIssue")).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "client, , , ALLOWED", "other, , , REFUSED", ", jane, , ALLOWED", ", joe, , REFUSED",
			", , staff, ALLOWED", ", , night, ALLOWED", ", , board, REFUSED", "client, joe, staff, REFUSED" })
	void callersAreAllThatIsSaid(@Nullable String client, @Nullable String person, @Nullable String group,
			Verdict expected) {
		Callers callers = new Callers(set(client), set(person), set(group));
		ToolPolicy policy = policy(Mode.DENY,
				new Rule("r", Effect.ALLOW, Tools.ANY, callers, Set.of(), Places.ANY, null, null));
		assertThat(judge(policy, "getJiraIssue", "{}")).isEqualTo(expected);
		assertThat(policy.shows(JANE, "getJiraIssue")).isEqualTo(expected == Verdict.ALLOWED);
	}

	@Test
	void nobodyIsInNoGroupAndHasNoClient() {
		ToolPolicy policy = policy(Mode.DENY, new Rule("r", Effect.ALLOW, Tools.ANY,
				new Callers(Set.of("client"), Set.of(), Set.of()), Set.of(), Places.ANY, null, null));
		assertThat(policy.judge(Identity.NOBODY, call("getJiraIssue", "{}")).decision().isAllowed()).isFalse();
	}

	@Test
	void whatLacksOnlyAScopeIsToldAndStaysInTheList() {
		ToolPolicy policy = policy(Mode.DENY, new Rule("r", Effect.ALLOW, tools("createJiraIssue"), Callers.ANY,
				Set.of("read", "write"), Places.ANY, null, null));
		Judgement judgement = policy.judge(JANE, call("createJiraIssue", "{}"));
		assertThat(judgement.decision().verdict()).isEqualTo(Verdict.REFUSED);
		assertThat(judgement.decision().reason()).isEqualTo("scope");
		assertThat(judgement.missing()).containsExactlyInAnyOrder("read", "write");
		assertThat(policy.shows(JANE, "createJiraIssue")).isTrue();
		assertThat(policy.judge(JANE, call("editJiraIssue", "{}")).missing()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "args.projectKey == 'A' | {\"projectKey\":\"A\"} | ALLOWED",
			"args.projectKey == 'A' | {\"projectKey\":\"B\"} | REFUSED", "args.projectKey == 'A' | {} | REFUSED",
			"args['projectKey'] == null | {} | ALLOWED", "args.labels.contains('x') | {\"labels\":[\"x\"]} | ALLOWED",
			"args.deep.er > 3 | {\"deep\":{\"er\":4}} | ALLOWED",
			"kind == 'write' and person == 'jane' and client == 'client' | {} | ALLOWED",
			"scopes.contains('read') and groups.contains('night') | {} | ALLOWED",
			"args.summary | {\"summary\":\"true\"} | REFUSED", "args.list[7] == 1 | {\"list\":[1]} | REFUSED",
			"tool.repeat(-1) == '' | {} | REFUSED" })
	void anExpressionHasToBeTrue(String expression, String arguments, Verdict expected) {
		ToolPolicy policy = policy(Mode.DENY, when(Effect.ALLOW, expression));
		assertThat(judge(policy, "createJiraIssue", arguments)).isEqualTo(expected);
	}

	@Test
	void anExpressionThatFailsRefusesWhateverTheRuleWouldDo() {
		ToolPolicy policy = policy(Mode.ALLOW, when(Effect.DENY, "args.missing == 1"));
		Judgement judgement = policy.judge(JANE, call("getJiraIssue", "{}"));
		assertThat(judgement.decision().verdict()).isEqualTo(Verdict.REFUSED);
		assertThat(judgement.decision().reason()).isEqualTo("expression");
	}

	@ParameterizedTest
	@ValueSource(strings = { "T(java.lang.Runtime).getRuntime() != null", "new String('a') == 'a'",
			"@environment != null", "(args['a'] = 1) == 1", "tool.class.name == 'x'", "tool.getClass() != null" })
	void anExpressionSeesNothingButTheCall(String expression) {
		assertThat(judge(policy(Mode.DENY, when(Effect.ALLOW, expression)), "getJiraIssue", "{}"))
			.isEqualTo(Verdict.REFUSED);
	}

	@Test
	void whatClientsSendIsNoExpression() {
		ToolPolicy policy = policy(Mode.DENY, when(Effect.ALLOW, "args.a == 'b'"));
		assertThat(judge(policy, "getJiraIssue", "{\"a\":\"#{true}\"}")).isEqualTo(Verdict.REFUSED);
	}

	@Test
	void whatIsNoExpressionIsNotTaken() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Condition("args. =="))
			.withMessageStartingWith("when:");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "editJiraIssue | {\"issueIdOrKey\":\"OPS-1\"} | REFUSED",
			"editJiraIssue | {\"issueIdOrKey\":\"ops-1\"} | REFUSED",
			"editJiraIssue | {\"issueIdOrKey\":\"WEB-1\"} | ALLOWED",
			"editJiraIssue | {\"issueIdOrKey\":\"10001\"} | REFUSED",
			"editJiraIssue | {\"issueIdOrKey\":\"WEB-1\",\"fields\":{\"parent\":{\"key\":\"OPS-1\"}}} | REFUSED",
			"searchJiraIssuesUsingJql | {\"jql\":\"project = WEB\"} | REFUSED", "atlassianUserInfo | {} | ALLOWED" })
	void aRuleThatDeniesByProjectRefusesWhatMayBeThere(String tool, String arguments, Verdict expected) {
		ToolPolicy policy = policy(Mode.ALLOW, in(Effect.DENY, new Places(Set.of("OPS"), Set.of(), Set.of())));
		assertThat(judge(policy, tool, arguments)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "createConfluencePage | {\"spaceId\":\"42\"} | ALLOWED",
					"createConfluencePage | {\"spaceId\":42} | ALLOWED",
					"createConfluencePage | {\"spaceId\":\"43\"} | REFUSED",
					"getConfluenceSpaces | {\"keys\":[\"docs\"]} | ALLOWED",
					"getConfluenceSpaces | {\"keys\":[\"docs\",\"other\"]} | REFUSED",
					"getConfluenceSpaces | {\"keys\":[]} | REFUSED", "getConfluenceSpaces | {} | REFUSED",
					"getConfluencePage | {\"pageId\":\"1\"} | REFUSED",
					"searchConfluenceUsingCql | {\"cql\":\"space = DOCS\"} | REFUSED" })
	void aRuleThatAllowsBySpaceLetsPassWhatIsCertainlyThere(String tool, String arguments, Verdict expected) {
		ToolPolicy policy = policy(Mode.DENY, in(Effect.ALLOW, new Places(Set.of(), Set.of("DOCS", "42"), Set.of())));
		assertThat(judge(policy, tool, arguments)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "one.atlassian.net, ALLOWED", "https://ONE.atlassian.net/wiki/x, ALLOWED",
			"two.atlassian.net, REFUSED", "https://two.atlassian.net/one.atlassian.net, REFUSED" })
	void aSiteIsItsIdOrItsHost(String site, Verdict expected) {
		ToolPolicy policy = policy(Mode.DENY,
				in(Effect.ALLOW, new Places(Set.of(), Set.of(), Set.of("one.atlassian.net"))));
		assertThat(judge(policy, "getJiraIssue", "{\"cloudId\":\"%s\"}".formatted(site))).isEqualTo(expected);
		assertThat(judge(policy, "getJiraIssue", "{}")).isEqualTo(Verdict.REFUSED);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"executeWrite | {\"name\":\"createJiraIssue\",\"arguments\":{\"projectKey\":\"WEB\"}} | ALLOWED",
			"executeWrite | {\"name\":\"createJiraIssue\",\"arguments\":{\"projectKey\":\"OPS\"}} | REFUSED",
			"executeWrite | {\"name\":\"deleteJiraIssue\",\"arguments\":{\"issueIdOrKey\":\"WEB-1\"}} | REFUSED",
			"executeWrite | {\"name\":\"nobodyKnowsThis\"} | REFUSED", "executeWrite | {} | REFUSED",
			"executeWrite | {\"name\":[\"createJiraIssue\"]} | REFUSED",
			"executeRead | {\"name\":\"createJiraIssue\",\"arguments\":{\"projectKey\":\"WEB\"}} | REFUSED" })
	void aToolThatRunsAnotherIsJudgedAsBoth(String tool, String arguments, Verdict expected) {
		ToolPolicy policy = policy(Mode.DENY, allow(tools("executeWrite")), deny(classes(ToolClass.DELETE)),
				in(Effect.ALLOW, new Places(Set.of("WEB"), Set.of(), Set.of())));
		assertThat(judge(policy, tool, arguments)).isEqualTo(expected);
	}

	private static Verdict judge(ToolPolicy policy, String tool, String arguments) {
		return policy.judge(JANE, call(tool, arguments)).decision().verdict();
	}

	private static ToolCall call(String tool, String arguments) {
		return new ToolCall(tool, ToolClasses.standard().classOf(tool),
				(ObjectNode) JsonMapper.shared().readTree(arguments), StringNode.valueOf("1"));
	}

	private static ToolPolicy policy(Mode mode, Rule... rules) {
		return new ToolPolicy("policy", mode, false, List.of(rules), catalogue());
	}

	private static ToolPolicy.Catalogue catalogue() {
		return new ToolPolicy.Catalogue(ToolClasses.standard(), ToolClass.WRITE,
				new Groups(Map.of("night", Set.of("jane", "jack"))));
	}

	private static Rule allow(Tools tools) {
		return new Rule("allow", Effect.ALLOW, tools, Callers.ANY, Set.of(), Places.ANY, null, null);
	}

	private static Rule deny(Tools tools) {
		return new Rule("deny", Effect.DENY, tools, Callers.ANY, Set.of(), Places.ANY, null, null);
	}

	private static Rule in(Effect effect, Places places) {
		return new Rule("place", effect, Tools.ANY, Callers.ANY, Set.of(), places, null, null);
	}

	private static Rule when(Effect effect, String expression) {
		return new Rule("when", effect, Tools.ANY, Callers.ANY, Set.of(), Places.ANY, new Condition(expression), null);
	}

	private static Tools tools(String... names) {
		return new Tools(Set.of(names), Set.of());
	}

	private static Tools classes(ToolClass... classes) {
		return new Tools(Set.of(), Set.of(classes));
	}

	private static Set<String> set(@Nullable String name) {
		return (name != null) ? Set.of(name) : Set.of();
	}

}
