package dev.mcpbridge.record;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import dev.mcpbridge.McpFilters;
import dev.mcpbridge.record.Selection.Who;
import dev.mcpbridge.wire.Routes;
import dev.mcpbridge.wire.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import io.netty.buffer.Unpooled;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The recorder on somebody's routes, with nothing else of ours on them.
 */
@ExtendWith(OutputCaptureExtension.class)
class RecorderServerTests {

	static final String SESSION = "0f1c2d3e-1111-2222-3333-444455556666";

	static final JsonMapper JSON = JsonMapper.shared();

	static final Sinks.Many<String> events = Sinks.many().unicast().onBackpressureBuffer();

	static final List<RecordListener.Drop> drops = new CopyOnWriteArrayList<>();

	@TempDir
	static @Nullable Path directory;

	static TestUpstream upstream;

	static TestGateway gateway;

	/** Another gateway, which cannot write. */
	static TestGateway full;

	static Recorder recorder;

	@BeforeAll
	static void start() {
		upstream = new TestUpstream(RecorderServerTests::answer);
		Routes routes = new Routes().route(upstream.url(), List.of("Path=/mcp"), "McpRecord")
			.route(upstream.url(), List.of("Path=/small"), "McpRecord=10B", "SetPath=/mcp")
			.route(upstream.url(), List.of("Path=/stream"), "McpStream", "McpRecord", "SetPath=/mcp")
			.route("http://127.0.0.1:1", List.of("Path=/away"), "McpRecord")
			.with("test.upstream", upstream.url())
			.with("mcp.bridge.record.buffer", "1MB")
			.with("mcp.bridge.record.directory", traffic().toString());
		gateway = new TestGateway(Setup.class, routes.properties());
		recorder = gateway.bean(Recorder.class);
		Routes elsewhere = new Routes().route(upstream.url(), List.of("Path=/mcp"), "McpRecord")
			.with("test.upstream", upstream.url())
			.with("mcp.bridge.record.active", "true")
			.with("mcp.bridge.record.directory", traffic().resolveSibling("elsewhere").toString());
		full = new TestGateway(Setup.class, elsewhere.properties());
	}

	@AfterAll
	static void stop() {
		full.close();
		gateway.close();
		upstream.close();
	}

	@AfterEach
	void off() throws IOException {
		recorder.stop("");
		drops.clear();
	}

	@Test
	void nothingIsWrittenUntilSomebodyWantsIt() {
		String before = text();
		assertThat(post("/mcp", "{\"off\":1}").statusCode()).isEqualTo(200);
		everything();
		post("/mcp", "{\"on\":1}");
		assertThat(awaited("\"on\":1")).doesNotContain("\"off\":1").startsWith(before);
	}

	@Test
	void anExchangeIsARequestAndAnAnswer() {
		everything();
		post("/mcp?x=1", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", "Authorization",
				"Bearer hush-hush-hush-hush", "Mcp-Session-Id", SESSION);
		List<JsonNode> lines = exchange("ping");
		assertThat(lines).extracting((line) -> line.path("type").stringValue()).containsExactly("request", "response");
		JsonNode request = lines.get(0);
		assertThat(request.path("method").stringValue()).isEqualTo("POST");
		assertThat(request.path("url").stringValue()).isEqualTo("/mcp?x=1");
		assertThat(request.path("route").stringValue()).isEqualTo("route-1");
		assertThat(request.at("/headers/authorization/0").stringValue()).matches("Bearer \\[~[\\w-]{16}]");
		assertThat(request.at("/body/json/method").stringValue()).isEqualTo("ping");
		JsonNode response = lines.get(1);
		assertThat(response.path("status").intValue()).isEqualTo(200);
		assertThat(response.at("/headers/content-type/0").stringValue()).isEqualTo("application/json");
		assertThat(response.at("/headers/x-request-id/0").stringValue()).as("what is added last").isNotBlank();
		assertThat(response.at("/headers/mcp-session-id/0")).isEqualTo(request.at("/headers/mcp-session-id/0"));
		assertThat(response.at("/body/json/echo/method").stringValue()).isEqualTo("ping");
		assertThat(lines.toString()).doesNotContain("hush-hush", SESSION);
	}

	@Test
	void eventsAreWrittenWhenTheyPass() throws IOException {
		everything();
		HttpResponse<InputStream> stream = gateway.open(gateway.request("/stream").GET());
		events.tryEmitNext("data: {\"n\":1}\n\n").orThrow();
		awaited("\"json\":{\"n\":1}");
		events.tryEmitNext("id: 7\nevent: message\ndata: {\"sessionId\":\"" + SESSION).orThrow();
		events.tryEmitNext("\"}\n\n").orThrow();
		awaited("\"n\":2,\"event\":\"message\",\"id\":\"7\"");
		stream.body().close();
		String text = awaited("\"end\":\"client_left\",\"events\":2");
		assertThat(text).contains("\"stream\":true").doesNotContain(SESSION);
	}

	@Test
	void aBodyIsKeptWithinABoundAndPassesWhole() {
		everything();
		String body = "{\"text\":\"%s\"}".formatted("x ".repeat(200_000));
		assertThat(post("/mcp", body).body()).contains(body);
		JsonNode request = exchange("\"bytes\":" + body.length()).get(0);
		assertThat(request.at("/body/truncated").booleanValue()).isTrue();
		assertThat(request.at("/body/text").stringValue()).hasSizeBetween(200_000, 256 * 1024);
		post("/small", "{\"more\":\"than ten\"}");
		assertThat(exchange("/small").toString()).contains("\"truncated\":true").doesNotContain("than ten");
	}

	@Test
	void oneSessionOrPersonAlone() {
		recorder.start(new Selection(new Who(null, null, null, SESSION), null, 1, null));
		recorder.start(new Selection(new Who("jane", "the-client", null, null), null, 1, null));
		post("/mcp", "{\"whose\":\"nobody's\"}");
		post("/mcp", "{\"whose\":\"another's\"}", "Authorization", "Bearer " + jwt("joe", "the-client"));
		post("/mcp", "{\"whose\":\"another client's\"}", "Authorization", "Bearer " + jwt("jane", "another"));
		post("/mcp", "{\"whose\":\"the session's\"}", "Mcp-Session-Id", SESSION);
		post("/mcp?sessionId=" + SESSION, "{\"whose\":\"the old session's\"}");
		post("/mcp", "{\"whose\":\"jane's\"}", "Authorization", "Bearer " + jwt("jane", "the-client"));
		assertThat(awaited("jane's")).contains("the session's", "the old session's")
			.doesNotContain("nobody's", "another");
	}

	@Test
	void oneRouteAlone() {
		recorder.start(new Selection(Who.ANYBODY, "route-2", 1, null));
		post("/mcp", "{\"on\":\"another\"}");
		post("/small", "[\"s\"]");
		assertThat(awaited("[\"s\"]")).doesNotContain("{\"on\":\"another\"}");
	}

	@Test
	void aFailureThatIsAnsweredOutsideIsAnAnswerToo() {
		everything();
		assertThat(gateway.get("/away").statusCode()).isEqualTo(500);
		List<JsonNode> lines = exchange("/away");
		assertThat(lines.get(1).path("status").intValue()).isEqualTo(500);
	}

	@Test
	void whatCannotBeWrittenInTimeIsCountedAndTheTrafficGoesOn() {
		everything();
		String large = "x ".repeat(2_000_000);
		HttpResponse<String> answer = gateway
			.send(gateway.request("/mcp", "X-Stream", "1").POST(BodyPublishers.ofString(large)));
		assertThat(answer.body()).hasSize(large.length() + 8);
		assertThat(drops).contains(RecordListener.Drop.BUFFER);
		Awaitility.await().until(() -> {
			post("/mcp", "{\"after\":\"that\"}");
			return text().contains("{\"after\":\"that\"}");
		});
	}

	@Test
	void aDiskThatCannotBeWrittenStopsNobodyAndIsSaidOnce(CapturedOutput output) throws IOException {
		Path elsewhere = traffic().resolveSibling("elsewhere");
		Files.writeString(elsewhere, "a file where a directory should be");
		for (int i = 0; i < 5; i++) {
			assertThat(postTo(full)).isEqualTo(200);
		}
		Awaitility.await().until(() -> drops.contains(RecordListener.Drop.FILE));
		assertThat(output.getAll().split("event=record-unwritable", -1)).hasSize(2);
		Files.delete(elsewhere);
		Awaitility.await().pollInterval(Duration.ofMillis(200)).until(() -> {
			postTo(full);
			return Files.isDirectory(elsewhere);
		});
	}

	private static int postTo(TestGateway other) {
		return other.send(other.request("/mcp").POST(BodyPublishers.ofString("{}"))).statusCode();
	}

	@Test
	void itHasADoorForRoutesInJava() {
		everything();
		assertThat(gateway.send(gateway.request("/dsl").POST(BodyPublishers.ofString("{\"dsl\":1}"))).statusCode())
			.isEqualTo(200);
		assertThat(exchange("{\"dsl\":1}").get(0).path("route").stringValue()).isEqualTo("dsl");
	}

	private static void everything() {
		recorder.start(new Selection(Who.ANYBODY, null, 1, null));
	}

	private static HttpResponse<String> post(String path, String body, String... headers) {
		return gateway.send(gateway.request(path, headers).POST(BodyPublishers.ofString(body)));
	}

	private static String jwt(String person, String client) {
		String claims = "{\"sub\":\"%s\",\"client_id\":\"%s\"}".formatted(person, client);
		return "eyJhbGciOiJub25lIn0."
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
				+ ".c2ln";
	}

	/** Waits for both lines of the last exchange one of whose lines has a text. */
	private static List<JsonNode> exchange(String text) {
		awaited(text);
		Awaitility.await().until(() -> lines(text).size() > 1);
		return lines(text);
	}

	private static List<JsonNode> lines(String text) {
		List<JsonNode> all = text().lines().map(JSON::readTree).toList();
		String id = all.stream()
			.filter((line) -> line.path("type").stringValue("").equals("request") && line.toString().contains(text))
			.reduce((one, next) -> next)
			.orElseThrow()
			.path("x")
			.stringValue();
		return all.stream().filter((line) -> line.path("x").stringValue("").equals(id)).toList();
	}

	private static String awaited(String text) {
		Awaitility.await().until(() -> text().contains(text));
		return text();
	}

	private static String text() {
		if (!Files.isDirectory(traffic())) {
			return "";
		}
		try (Stream<Path> files = Files.list(traffic())) {
			StringBuilder all = new StringBuilder();
			for (Path file : files.sorted().toList()) {
				String text = Files.readString(file);
				all.append(text, 0, text.lastIndexOf('\n') + 1);
			}
			return all.toString();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Path traffic() {
		return Objects.requireNonNull(directory).resolve("traffic");
	}

	private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		if (request.method().name().equals("GET")) {
			return response.header("Content-Type", "text/event-stream")
				.sendHeaders()
				.send(events.asFlux().map((text) -> Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)),
						(buffer) -> true);
		}
		if (request.requestHeaders().contains("X-Stream")) {
			return response.header("Content-Type", "text/event-stream")
				.sendHeaders()
				.sendString(Flux.concat(Mono.just("data: "), request.receive().asString(), Mono.just("\n\n")));
		}
		String session = request.requestHeaders().get("Mcp-Session-Id");
		response.header("Content-Type", "application/json")
			.header("Mcp-Session-Id", (session != null) ? session : "none");
		return response.sendString(request.receive()
			.aggregate()
			.asString()
			.defaultIfEmpty("null")
			.map((body) -> "{\"echo\":" + body + "}"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Setup {

		@Bean
		RecordListener heard() {
			return new RecordListener() {

				@Override
				public void dropped(Drop why) {
					drops.add(why);
				}

			};
		}

		@Bean
		RouteLocator dsl(RouteLocatorBuilder routes, McpFilters mcp, Environment environment) {
			return routes.routes()
				.route("dsl",
						(route) -> route.path("/dsl")
							.filters((filters) -> filters.filter(mcp.record()).setPath("/mcp"))
							.uri(environment.getRequiredProperty("test.upstream")))
				.build();
		}

	}

}
