package dev.mcpbridge.session;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;

import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.wire.Routes;
import dev.mcpbridge.wire.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The filter alone on a route, and an upstream that gives out ids of every kind.
 */
class SessionIdsServerTests {

	static final String MARK = "\\.[\\w-]{22}";

	static TestUpstream upstream;

	static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path directory) {
		upstream = new TestUpstream(SessionIdsServerTests::answer);
		Path keys = directory.resolve("keys.json");
		KeyFile.openOrCreate(keys);
		gateway = new TestGateway(Setup.class,
				new Routes().with("mcp.bridge.keys", keys.toString())
					.with("mcp.bridge.store", "memory")
					.with("server.max-http-request-header-size", "32KB")
					.with("spring.cloud.gateway.server.webflux.httpclient.max-header-size", "32KB")
					.route(upstream.url(), List.of("Path=/mcp"), "McpSession")
					.route(upstream.url(), List.of("Path=/sse"), "McpSession", "McpStream")
					.route(upstream.url(), List.of("Path=/sse/message"), "McpSession")
					.route(upstream.url(), List.of("Path=/other"), "McpSession=sid")
					.properties());
	}

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
	}

	@BeforeEach
	void forget() {
		upstream.received().clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", ".", "a.b.c", "..", "x.AAAAAAAAAAAAAAAAAAAAAA", "eyJh.eyJz.c2ln", "a,b;c=\"d\"",
			"%41%zz", "~!#$&'()*+-./:<=>?@[]^_`{|}" })
	void anIdOfAnyVisibleCharactersComesBackAsItWas(String id) {
		String handedOut = handedOut(id);
		assertThat(handedOut).startsWith(id + ".").matches("(?s).*" + MARK);
		assertThat(gateway.get("/mcp", "Mcp-Session-Id", handedOut).statusCode()).isEqualTo(200);
		assertThat(upstream.last().headers().getAll("mcp-session-id")).containsExactly(id);
		upstream.received().clear();
		assertThat(gateway.get("/mcp", "Mcp-Session-Id", id).statusCode()).isEqualTo(404);
		assertThat(upstream.received()).isEmpty();
	}

	@Test
	void aLongIdIsNoTrouble() {
		anIdOfAnyVisibleCharactersComesBackAsItWas("0123456789abcdef".repeat(400));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b", "a\tb", "%C3" })
	void anIdThatMcpForbidsIsNotHandedOut(String id) {
		assertThat(gateway.get("/mcp", "X-Id", id).headers().firstValue("mcp-session-id")).isEmpty();
	}

	@Test
	void ofTwoIdsTheFirstIsHandedOut() {
		assertThat(gateway.get("/mcp", "X-Id", "first", "X-Id", "second").headers().allValues("mcp-session-id"))
			.singleElement()
			.asString()
			.matches("first" + MARK);
	}

	@Test
	void ofTwoIdsThatAreShownNoneIsGood() {
		String handedOut = handedOut("1");
		assertThat(gateway.get("/mcp", "Mcp-Session-Id", handedOut, "Mcp-Session-Id", handedOut).statusCode())
			.isEqualTo(404);
		assertThat(gateway.get("/mcp?sessionId=" + handedOut + "&session%49d=2").statusCode()).isEqualTo(404);
		assertThat(upstream.received()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "401", "404", "500" })
	void anErrorOfTheUpstreamCarriesTheMarkToo(String status) {
		HttpResponse<String> answer = gateway.get("/mcp", "X-Id", "1", "X-Status", status);
		assertThat(answer.statusCode()).isEqualTo(Integer.parseInt(status));
		assertThat(answer.headers().firstValue("mcp-session-id").orElseThrow()).matches("1" + MARK);
	}

	@Test
	void aSessionIsOfThePrincipalWhoOpenedIt() {
		String hers = header(gateway.get("/mcp", "X-Id", "1", "X-User", "alice"));
		assertThat(gateway.get("/mcp", "Mcp-Session-Id", hers, "X-User", "alice").statusCode()).isEqualTo(200);
		assertThat(gateway.get("/mcp", "Mcp-Session-Id", hers, "X-User", "bob").statusCode()).isEqualTo(404);
		assertThat(gateway.get("/mcp", "Mcp-Session-Id", hers).statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource({ "/messages?sessionId=1, 1", "/messages?a=%2F&sessionId=1&b=%c3%a9+x, 1",
			"/messages?session%49d=%41.b&x, %41.b", "/messages?sessionId=, ''" })
	void onlyTheSessionOfAQueryChanges(String endpoint, String id) {
		String given = endpointOf(endpoint);
		assertThat(given).matches(quoted("/sse" + endpoint, id));
		String path = given.replace("/sse/messages", "/sse/message");
		assertThat(gateway.send(gateway.request(path).POST(BodyPublishers.ofString("{}"))).statusCode()).isEqualTo(200);
		assertThat(upstream.last().uri()).isEqualTo("/sse/message" + endpoint.substring("/messages".length()));
	}

	@Test
	void aQueryWithoutASessionPassesAsItIs() {
		assertThat(endpointOf("/messages?x=1&SessionId=2")).isEqualTo("/sse/messages?x=1&SessionId=2");
		gateway.get("/sse/message?x=%2f&SessionId=2");
		assertThat(upstream.last().uri()).isEqualTo("/sse/message?x=%2f&SessionId=2");
	}

	@Test
	void anEndpointWithTwoSessionsIsNone() {
		assertThatThrownBy(() -> endpointOf("/messages?sessionId=1&sessionId=2")).as("the stream is broken off")
			.hasRootCauseInstanceOf(IOException.class);
	}

	@Test
	void theNameOfTheParameterIsAnArgument() {
		assertThat(gateway.get("/other?sessionId=1").statusCode()).isEqualTo(200);
		assertThat(gateway.get("/other?sid=1").statusCode()).isEqualTo(404);
		assertThat(gateway.get("/other?sid=" + handedOut("1")).statusCode()).isEqualTo(200);
		assertThat(upstream.last().uri()).isEqualTo("/other?sid=1");
	}

	private static String quoted(String endpoint, String id) {
		int end = endpoint.indexOf("=" + id, endpoint.indexOf("ssion")) + 1 + id.length();
		return "\\Q" + endpoint.substring(0, end) + "\\E" + MARK + "\\Q" + endpoint.substring(end) + "\\E";
	}

	private static String handedOut(String id) {
		return header(gateway.get("/mcp", "X-Id", id));
	}

	private static String header(HttpResponse<String> answer) {
		return answer.headers().firstValue("mcp-session-id").orElseThrow();
	}

	private static String endpointOf(String endpoint) {
		HttpResponse<String> stream = gateway.get("/sse", "Accept", "text/event-stream", "X-Endpoint",
				"/sse" + endpoint);
		return stream.body().replace("event: endpoint\ndata: ", "").strip();
	}

	private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		request.requestHeaders()
			.getAll("x-id")
			.forEach((id) -> response.addHeader("Mcp-Session-Id", id.replace("%C3", "\u00c3")));
		response.status(Integer.parseInt(request.requestHeaders().get("x-status", "200")));
		String endpoint = request.requestHeaders().get("x-endpoint");
		return (endpoint != null)
				? response.sse().sendString(Flux.just("event: endpoint\n", "data: " + endpoint + "\n\n"))
				: response.sendString(Mono.just("answer"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Setup {

		@Bean
		WebFilter principal() {
			return (exchange, chain) -> {
				String user = exchange.getRequest().getHeaders().getFirst("X-User");
				return chain.filter((user == null) ? exchange
						: exchange.mutate().principal(Mono.<Principal>just(() -> user)).build());
			};
		}

	}

}
