package dev.mcpbridge.limit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Caller;
import dev.mcpbridge.testing.DataDirectory;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * People who call tools at once, an upstream that allows so many, and what is written
 * down of it.
 */
class ToolLimitsServerTests {

	static final JsonMapper JSON = JsonMapper.shared();

	static final Path audit = DataDirectory.empty().resolve("audit.jsonl");

	static final AtlassianSimulator atlassian = AtlassianSimulator.builder().listSimulatorTools().start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.property("mcp.bridge.limits.enabled", "true")
		.property("mcp.bridge.limits.max-wait", "60s")
		.property("mcp.bridge.limits.rules[0].name", "progress")
		.property("mcp.bridge.limits.rules[0].per", "person")
		.property("mcp.bridge.limits.rules[0].tools", "simulatorProgress")
		.property("mcp.bridge.limits.rules[0].at-once", "1")
		.property("mcp.bridge.limits.rules[1].name", "user-info")
		.property("mcp.bridge.limits.rules[1].per", "person,client,tool")
		.property("mcp.bridge.limits.rules[1].tools", "atlassianUserInfo")
		.property("mcp.bridge.limits.rules[1].rate", "1")
		.property("mcp.bridge.limits.rules[1].period", "1h")
		.property("mcp.bridge.audit.enabled", "true")
		.property("mcp.bridge.audit.log", "false")
		.property("mcp.bridge.audit.values", "millis")
		.property("mcp.bridge.audit.file", audit.toString())
		.start();

	static final AtomicInteger people = new AtomicInteger();

	final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	final Caller anna = somebodyNew();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@BeforeEach
	void allowTwenty() {
		atlassian.allowCallsAtOnce(20, "1");
	}

	@Test
	void fiftyCallsOfOnePersonAtAnUpstreamThatAllowsTwentyAllSucceed() {
		int refused = atlassian.callsRefused();
		List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 50)
			.mapToObj((number) -> this.http.sendAsync(call(number, "simulatorSlow", "{\"millis\":2000}"),
					BodyHandlers.ofString()))
			.toList();
		List<HttpResponse<String>> answers = calls.stream().map(CompletableFuture::join).toList();
		assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
		assertThat(answers).extracting((answer) -> JSON.readTree(answer.body()).get("id").asInt())
			.containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
		assertThat(answers).allMatch((answer) -> answer.body().contains("Done after 2000 ms"));
		assertThat(atlassian.callsRefused()).as("refused by the upstream").isEqualTo(refused);
		assertThat(atlassian.mostCallsAtOnce()).isBetween(2, 20);
	}

	@Test
	void aCallTheUpstreamRefusesIsSentAgainWhenItSays() {
		int refused = atlassian.callsRefused();
		atlassian.allowCallsAtOnce(1, "1");
		CompletableFuture<HttpResponse<String>> first = this.http
			.sendAsync(call(1, "simulatorSlow", "{\"millis\":700}"), BodyHandlers.ofString());
		await().until(() -> atlassian.mcp().calls().running() == 1);
		assertThat(send(call(2, "getVisibleJiraProjects", "{\"cloudId\":\"a\"}")).statusCode()).isEqualTo(200);
		assertThat(first.join().statusCode()).isEqualTo(200);
		assertThat(atlassian.callsRefused()).isEqualTo(refused + 1);
	}

	@Test
	void whatTheUpstreamDoesNotAllowForLongIsToldInOneForm() {
		atlassian.allowCallsAtOnce(0, "3600");
		HttpResponse<String> answer = send(call(3, "getVisibleJiraProjects", "{}"));
		assertThat(answer.statusCode()).isEqualTo(429);
		assertThat(answer.headers().allValues("retry-after")).containsExactly("3600");
		assertThat(answer.headers().firstValue("content-type")).contains("application/json");
		JsonNode error = JSON.readTree(answer.body());
		assertThat(error.get("id").asInt()).isEqualTo(3);
		assertThat(error.at("/error/message").asString()).contains("limit: upstream");
	}

	@Test
	void aClientThatLeavesGivesItsPlaceBack() throws IOException {
		int abandoned = atlassian.mcp().calls().abandoned();
		HttpResponse<InputStream> left = open(progress(1));
		left.body().close();
		await().until(() -> atlassian.mcp().calls().abandoned() > abandoned);
		HttpResponse<InputStream> second = open(progress(2));
		assertThat(second.statusCode()).isEqualTo(200);
		second.body().close();
	}

	@Test
	void aStandingStreamHoldsNoPlace() throws IOException {
		HttpRequest get = HttpRequest.newBuilder(this.anna.endpoint())
			.header("Authorization", "Bearer " + this.anna.accessToken())
			.header("Mcp-Session-Id", this.anna.session())
			.header("Accept", "text/event-stream")
			.build();
		HttpResponse<InputStream> stream = open(get);
		assertThat(stream.statusCode()).isEqualTo(200);
		assertThat(send(call(1, "simulatorProgress", "{\"steps\":1,\"intervalMillis\":1}")).statusCode())
			.isEqualTo(200);
		stream.body().close();
	}

	@Test
	void whatIsOverALimitIsRefusedAndAudited() {
		assertThat(send(call(1, "atlassianUserInfo", "{\"millis\":5,\"secret\":\"not to be written\"}")).statusCode())
			.isEqualTo(200);
		HttpResponse<String> refused = send(call(2, "atlassianUserInfo", "{}"));
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.headers().firstValueAsLong("retry-after").orElse(0)).isBetween(3000L, 3600L);
		assertThat(JSON.readTree(refused.body()).at("/error/data/limit").asString()).isEqualTo("user-info");
		await().until(() -> events().size() == 2);
		assertThat(events().get(0).toString()).contains("\"arguments\":[\"millis\",\"secret\"]",
				"\"values\":{\"millis\":\"5\"}", "\"decision\":\"allowed\"", "\"outcome\":\"ok\"", "\"request_id\":");
		assertThat(events().get(1).toString()).contains("\"decision\":\"refused\"", "\"reason\":\"limit\"",
				"\"outcome\":\"refused\"");
		assertThat(events().get(0).get("person").asString()).hasSize(22)
			.isEqualTo(events().get(1).get("person").asString());
		assertThat(text()).doesNotContain("not to be written", this.anna.accessToken());
	}

	private static Caller somebodyNew() {
		atlassian.nextUser("%024x".formatted(people.incrementAndGet()));
		TestClient client = TestClient.register(gateway.url());
		return Caller.of(client, client.signIn());
	}

	private HttpRequest progress(int id) {
		return request("""
				{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"simulatorProgress",\
				"arguments":{"steps":1000,"intervalMillis":50},"_meta":{"progressToken":"p"}}}""".formatted(id));
	}

	private HttpRequest call(int id, String tool, String arguments) {
		return request("""
				{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"%s","arguments":%s}}""".formatted(id,
				tool, arguments));
	}

	private HttpRequest request(String body) {
		return HttpRequest.newBuilder(this.anna.endpoint())
			.timeout(Duration.ofMinutes(2))
			.header("Authorization", "Bearer " + this.anna.accessToken())
			.header("Mcp-Session-Id", this.anna.session())
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.POST(BodyPublishers.ofString(body))
			.build();
	}

	private HttpResponse<String> send(HttpRequest request) {
		return this.http.sendAsync(request, BodyHandlers.ofString()).join();
	}

	private HttpResponse<InputStream> open(HttpRequest request) {
		return this.http.sendAsync(request, BodyHandlers.ofInputStream()).join();
	}

	/** What was written of the tool no other test calls. */
	private static List<JsonNode> events() {
		return text().lines()
			.map(JSON::readTree)
			.filter((event) -> event.path("tool").asString("").equals("atlassianUserInfo"))
			.toList();
	}

	private static String text() {
		try {
			return Files.exists(audit) ? Files.readString(audit) : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
