package dev.mcpbridge.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.nimbusds.jwt.SignedJWT;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The policies of the documentation, each as it stands there, and what becomes of calls.
 */
class PoliciesDocsServerTests {

	static final String SITE = "11111111-2222-3333-4444-555555555555";

	static final AtlassianSimulator atlassian = AtlassianSimulator.builder().autoApprove(true).start();

	static final TestGateway plain = TestGateway.inFrontOf(atlassian.url()).start();

	static final TestClient jane = TestClient.register(plain.url());

	static final String subject = subjectOf(jane.signIn().accessToken());

	@AfterAll
	static void stop() {
		plain.close();
		atlassian.close();
	}

	@Test
	void everyBlockIsExercisedHere() throws IOException {
		assertThat(blocks()).hasSize(4);
	}

	@Test
	void readOnlyForEverybody() throws IOException {
		try (TestGateway gateway = gateway(0); Session session = new Session(gateway, jane)) {
			session.call("getJiraIssue", "\"issueIdOrKey\":\"PROJ-1\"").isAnsweredByTheUpstream();
			session.call("searchConfluenceUsingCql", "\"cql\":\"type = page\"").isAnsweredByTheUpstream();
			session.call("createJiraIssue", "\"projectKey\":\"PROJ\"").isRefusedBy("read-only");
			session.call("aToolOfTomorrow", "\"any\":1").isRefusedBy("read-only");
			assertThat(session.tools()).contains("getJiraIssue").doesNotContain("createJiraIssue", "editJiraIssue");
		}
	}

	@Test
	void writesForOneGroup() throws IOException {
		try (TestGateway gateway = gateway(1, "WRITERS", "somebody," + subject);
				Session session = new Session(gateway, jane)) {
			session.call("editJiraIssue", "\"issueIdOrKey\":\"PROJ-1\"").isAnsweredByTheUpstream();
			assertThat(session.call("deleteJiraIssue", "\"issueIdOrKey\":\"PROJ-1\"")
				.isRefusedBy("staff")
				.message()
				.path("error")
				.path("message")
				.asString()).isEqualTo("Deleting is done in Jira, not from here.");
			atlassian.nextUser("0123456789abcdef01234567");
			try (Session other = new Session(gateway, TestClient.register(gateway.url()))) {
				other.call("editJiraIssue", "\"issueIdOrKey\":\"PROJ-1\"").isRefusedBy("staff");
				other.call("getJiraIssue", "\"issueIdOrKey\":\"PROJ-1\"").isAnsweredByTheUpstream();
				assertThat(other.tools()).doesNotContain("editJiraIssue");
			}
			assertThat(session.tools()).contains("editJiraIssue");
		}
	}

	@Test
	void oneProjectForContractors() throws IOException {
		try (TestGateway gateway = gateway(2); Session session = new Session(gateway, jane)) {
			session.call("getJiraIssue", "\"issueIdOrKey\":\"web-12\"").isAnsweredByTheUpstream();
			session.call("createJiraIssue", "\"projectKey\":\"WEB\",\"summary\":\"about OTHER-1\"")
				.isAnsweredByTheUpstream();
			session.call("atlassianUserInfo", "\"any\":1").isAnsweredByTheUpstream();
			for (String outside : List.of("\"issueIdOrKey\":\"OTHER-1\"", "\"issueIdOrKey\":\"10001\"",
					"\"issueIdOrKey\":\"WEB-1\",\"fields\":{\"project\":{\"key\":\"OTHER\"}}",
					"\"issueIdOrKey\":\"WEB-1\",\"fields\":{\"project\":{\"id\":\"10000\"}}",
					"\"issueIdOrKey\":\"WEB-1\",\"fields\":{\"Parent\":{\"key\":\"OTHER-2\"}}",
					"\"issueIdOrKey\":\"WEB-1\",\"update\":{\"issuelinks\":[{\"add\":{\"outwardIssue\":{\"key\":\"OTHER-3\"}}}]}",
					"\"issueIdOrKey\":\"WEB-1\",\"fields\":\"{\\\"project\\\":{\\\"key\\\":\\\"OTHER\\\"}}\"",
					"\"issueIdOrKey\":[\"WEB-1\",\"OTHER-1\"]", "\"projectKey\":\"WEB\"")) {
				session.call("editJiraIssue", outside).isRefusedBy("contractors");
			}
			session.say("getJiraIssue", "{\"cloudId\":\"another\",\"issueIdOrKey\":\"WEB-1\"}")
				.isRefusedBy("contractors");
			session.call("getConfluencePage", "\"pageId\":\"1\",\"projectKey\":\"WEB\"").isRefusedBy("contractors");
			session.call("searchJiraIssuesUsingJql", "\"jql\":\"project = WEB AND (status = Open)\"")
				.isAnsweredByTheUpstream();
			for (String jql : List.of("project = WEB", "project = WEB AND (status = Open) OR project = OTHER",
					"project = OTHER", "project = WEB AND (a = 1) OR (project = OTHER)")) {
				session.call("searchJiraIssuesUsingJql", "\"jql\":\"" + jql + "\"").isRefusedBy("contractors");
			}
			session.call("searchJiraIssuesUsingJql", "\"any\":1").isRefusedBy("contractors");
		}
	}

	@Test
	void aBreakGlassClient() throws IOException {
		try (TestGateway gateway = gateway(3, "BREAK_GLASS_CLIENT", jane.clientId());
				Session glass = new Session(gateway, jane);
				Session other = new Session(gateway, TestClient.register(gateway.url()))) {
			glass.call("deleteJiraIssue", "\"issueIdOrKey\":\"PROJ-1\"").isAnsweredByTheUpstream();
			other.call("deleteJiraIssue", "\"issueIdOrKey\":\"PROJ-1\"").isRefusedBy("break-glass");
			other.call("createConfluencePage", "\"spaceId\":\"1\"")
				.lacksScope("write:confluence-content write:jira-work");
		}
	}

	private static TestGateway gateway(int block, String... more) throws IOException {
		TestGateway.Builder builder = TestGateway.inFrontOf(atlassian.url());
		EnumerablePropertySource<?> source = (EnumerablePropertySource<?>) new YamlPropertySourceLoader()
			.load("block", new ByteArrayResource(blocks().get(block).getBytes(StandardCharsets.UTF_8)))
			.get(0);
		for (String name : source.getPropertyNames()) {
			builder.property(name, String.valueOf(source.getProperty(name)));
		}
		for (int index = 0; index < more.length; index += 2) {
			builder.property(more[index], more[index + 1]);
		}
		return builder.start();
	}

	private static List<String> blocks() throws IOException {
		return Pattern.compile("(?s)```yaml\n(.*?)```")
			.matcher(Files.readString(Path.of("docs/policies.md")))
			.results()
			.map((MatchResult block) -> block.group(1))
			.toList();
	}

	private static String subjectOf(String token) {
		try {
			return SignedJWT.parse(token).getJWTClaimsSet().getSubject();
		}
		catch (java.text.ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Somebody signed in at a gateway. */
	private static final class Session implements AutoCloseable {

		private final WireForm.Speaker speaker;

		private int calls;

		Session(TestGateway gateway, TestClient client) {
			this.speaker = WireForm.JSON.speak(gateway.url(), client.at(gateway.url()).signIn().accessToken());
		}

		WireForm.Said call(String tool, String arguments) {
			return say(tool, "{\"cloudId\":\"%s\",%s}".formatted(SITE, arguments));
		}

		WireForm.Said say(String tool, String arguments) {
			return this.speaker.call("call-" + this.calls++, tool, arguments);
		}

		List<String> tools() {
			return this.speaker.list("list", "{}")
				.message()
				.path("result")
				.path("tools")
				.valueStream()
				.map((tool) -> tool.path("name").stringValue())
				.toList();
		}

		@Override
		public void close() {
			this.speaker.close();
		}

	}

}
