package dev.mcpbridge.policy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;

import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a policy adds to a call: the same calls, in turns, over a route without a policy
 * and over one with rules by place and by expression. It prints the ratio; a build makes
 * too few calls for one that says anything. More with {@code -Dmcp.test.policy-calls}.
 */
class PolicyCostServerTests {

	private static final int CALLS = Integer.getInteger("mcp.test.policy-calls", 20);

	private static final int TURNS = 10;

	private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}}"
		.formatted("x".repeat(2048));

	private static final String CALL = """
			{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"editJiraIssue","arguments":{"cloudId":"1",\
			"issueIdOrKey":"WEB-7","fields":{"summary":"s","description":"%s"}}}}""".formatted("y".repeat(1024));

	static final TestUpstream upstream = new TestUpstream((request, response) -> request.receive()
		.then(response.header("Content-Type", "application/json").sendString(Mono.just(ANSWER)).then()));

	static final TestGateway gateway = TestGateway.bare()
		.property("mcp.bridge.tools.policies[0].name", "contractors")
		.property("mcp.bridge.tools.policies[0].rules[0].effect", "deny")
		.property("mcp.bridge.tools.policies[0].rules[0].classes", "delete")
		.property("mcp.bridge.tools.policies[0].rules[1].effect", "allow")
		.property("mcp.bridge.tools.policies[0].rules[1].tools", "createJiraIssue,searchJiraIssuesUsingJql")
		.property("mcp.bridge.tools.policies[0].rules[2].effect", "allow")
		.property("mcp.bridge.tools.policies[0].rules[2].projects", "WEB")
		.property("mcp.bridge.tools.policies[0].rules[2].when", "args.fields.summary == 's'")
		.route("none", URI.create(upstream.url()), "/none", "McpTools=none", "McpStream")
		.route("policy", URI.create(upstream.url()), "/policy", "McpTools=contractors", "McpStream")
		.start();

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
	}

	@Test
	void theSameCallsPassWithAPolicyAndWithout() throws Exception {
		double[] ratios = new double[TURNS];
		for (int turn = 0; turn < TURNS; turn++) {
			long without = turn("/none");
			ratios[turn] = (double) turn("/policy") / without;
		}
		Arrays.sort(ratios);
		System.out.printf("a call with a policy takes %.2f times one without (median of %d turns of %d calls)%n",
				(ratios[TURNS / 2 - 1] + ratios[TURNS / 2]) / 2, TURNS, CALLS);
		assertThat(upstream.received()).hasSize(2 * TURNS * CALLS);
	}

	private long turn(String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(gateway.url(path))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(CALL))
			.build();
		long begun = System.nanoTime();
		for (int call = 0; call < CALLS; call++) {
			HttpResponse<String> answer = this.client.send(request, BodyHandlers.ofString());
			assertThat(answer.body()).isEqualTo(ANSWER);
		}
		return System.nanoTime() - begun;
	}

}
