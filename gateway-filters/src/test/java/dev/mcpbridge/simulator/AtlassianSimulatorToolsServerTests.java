package dev.mcpbridge.simulator;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import dev.mcpbridge.simulator.SimulatorClient.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

class AtlassianSimulatorToolsServerTests {

	private static final List<String> CAPTURED = List.of("atlassianUserInfo", "getAccessibleAtlassianResources",
			"lookupJiraAccountId", "getConfluenceSpaces", "getConfluencePage", "getPagesInConfluenceSpace",
			"getConfluencePageFooterComments", "getConfluencePageInlineComments", "getConfluencePageDescendants",
			"createConfluencePage", "updateConfluencePage", "createConfluenceFooterComment",
			"createConfluenceInlineComment", "searchConfluenceUsingCql", "getJiraIssue", "editJiraIssue",
			"createJiraIssue", "getTransitionsForJiraIssue", "transitionJiraIssue", "searchJiraIssuesUsingJql",
			"addCommentToJiraIssue", "getJiraIssueRemoteIssueLinks", "getVisibleJiraProjects",
			"getJiraProjectIssueTypesMetadata");

	private final AtlassianSimulator atlassian = AtlassianSimulator.builder()
		.autoApprove(true)
		.toolsPerPage(10)
		.start();

	private final SimulatorClient client = new SimulatorClient(this.atlassian);

	private final Tokens tokens = this.client.signIn();

	private final String session = this.client.openSession(this.tokens);

	@AfterEach
	void close() {
		this.atlassian.close();
	}

	@Test
	void theCapturedToolsAreListedPageByPage() {
		JsonNode first = page("{}");
		JsonNode second = page("{\"cursor\":\"" + first.path("nextCursor").asString() + "\"}");
		JsonNode third = page("{\"cursor\":\"" + second.path("nextCursor").asString() + "\"}");
		assertThat(Stream.of(first, second, third).flatMap((page) -> page.path("tools").valueStream()))
			.extracting((tool) -> tool.path("name").asString())
			.containsExactlyElementsOf(CAPTURED);
		assertThat(third.has("nextCursor")).isFalse();
	}

	@Test
	void theSimulatorsOwnToolsAreListedOnRequest() {
		try (AtlassianSimulator open = AtlassianSimulator.builder().autoApprove(true).listSimulatorTools().start()) {
			SimulatorClient visitor = new SimulatorClient(open);
			Tokens bearer = visitor.signIn();
			assertThat(SimulatorClient
				.json(visitor.mcp(bearer, visitor.openSession(bearer), SimulatorClient.message("tools/list", "{}")))
				.path("result")
				.path("tools")).hasSize(26);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					atlassianUserInfo                 | {}                                                        | Jane Doe
					getAccessibleAtlassianResources   | {}                                                        | acme.atlassian.net
					lookupJiraAccountId               | {"searchString":"ravi"}                                   | 6d0e1f2a3b4c5d6e7f8091a2
					getConfluenceSpaces               | {"keys":["TEAM"]}                                         | Rocket Team
					getConfluencePage                 | {"pageId":"30002"}                                        | Countdown
					getPagesInConfluenceSpace         | {"spaceId":"40002"}                                       | Team rules
					getConfluencePageFooterComments   | {"pageId":"30002"}                                        | Is step 2 before step 1?
					getConfluencePageInlineComments   | {"pageId":"30003"}                                        | See ACME-1.
					getConfluencePageDescendants      | {"pageId":"30001"}                                        | Weather limits
					createConfluencePage              | {"spaceId":"40001","title":"New","body":"Text"}           | "title" : "New"
					updateConfluencePage              | {"pageId":"30002","body":"Text"}                          | "number" : 3
					createConfluenceFooterComment     | {"pageId":"30002","body":"Yes"}                           | "body" : "Yes"
					createConfluenceInlineComment     | {"pageId":"30002","body":"No"}                            | "body" : "No"
					searchConfluenceUsingCql          | {"cql":"space = DOCS AND text ~ 'launch'"}                | Launch checklist
					getJiraIssue                      | {"issueIdOrKey":"10101"}                                  | Ignition fails
					editJiraIssue                     | {"issueIdOrKey":"ACME-2","fields":{"summary":"Shorter"}}  | Shorter
					createJiraIssue                   | {"projectKey":"OPS","issueTypeName":"Task","summary":"X"} | OPS-2
					getTransitionsForJiraIssue        | {"issueIdOrKey":"ACME-1"}                                 | In Progress
					transitionJiraIssue               | {"issueIdOrKey":"ACME-1","transition":{"id":"31"}}        | transitioned
					searchJiraIssuesUsingJql          | {"jql":"assignee = currentUser() ORDER BY created"}       | ACME-1
					addCommentToJiraIssue             | {"issueIdOrKey":"ACME-3","commentBody":"Blue!"}           | Blue!
					getJiraIssueRemoteIssueLinks      | {"issueIdOrKey":"ACME-2"}                                 | Launch checklist
					getVisibleJiraProjects            | {}                                                        | Acme Rockets
					getJiraProjectIssueTypesMetadata  | {"projectIdOrKey":"ACME"}                                 | Story
					""")
	void everyToolAnswers(String tool, String arguments, String expected) {
		JsonNode result = call(tool, arguments).path("result");
		assertThat(result.path("isError").asBoolean()).isFalse();
		assertThat(result.path("content").path(0).path("text").asString()).contains(expected);
	}

	@Test
	void whatIsWrittenCanBeRead() {
		call("transitionJiraIssue", "{\"issueIdOrKey\":\"ACME-2\",\"transition\":{\"id\":\"31\"}}");
		String found = call("searchJiraIssuesUsingJql", "{\"jql\":\"project = ACME AND status = Done\"}").toString();
		assertThat(found).contains("ACME-2", "ACME-3").doesNotContain("ACME-1");
	}

	@Test
	void aToolThatFailsSaysSoInItsResult() {
		JsonNode result = call("getJiraIssue", "{\"issueIdOrKey\":\"ACME-99\"}").path("result");
		assertThat(result.path("isError").asBoolean()).isTrue();
		assertThat(result.toString()).contains("Issue does not exist");
		assertThat(
				call("searchJiraIssuesUsingJql", "{\"jql\":\"nonsense\"}").path("result").path("isError").asBoolean())
			.isTrue();
	}

	@Test
	void unknownToolsAndMissingArgumentsAreRefused() {
		assertThat(call("unknown", "{}").path("error").path("code").asInt()).isEqualTo(-32602);
		assertThat(call("getJiraIssue", "{}").path("error").path("message").asString())
			.isEqualTo("Invalid arguments for tool getJiraIssue: issueIdOrKey is required");
	}

	private JsonNode page(String params) {
		return SimulatorClient
			.json(this.client.mcp(this.tokens, this.session, SimulatorClient.message("tools/list", params)))
			.path("result");
	}

	private JsonNode call(String tool, String arguments) {
		String complete = arguments.replaceFirst("\\{", "{\"cloudId\":\"acme\"" + (arguments.equals("{}") ? "" : ","));
		return SimulatorClient.json(this.client.mcp(this.tokens, this.session, SimulatorClient.call(tool, complete)));
	}

}
