package dev.mcpbridge.stream;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.wire.Routes;
import dev.mcpbridge.wire.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class McpStreamServerTests {

	private static final BlockingQueue<StreamEnd> ends = new LinkedBlockingQueue<>();

	private static TestUpstream upstream;

	private static TestGateway gateway;

	private static volatile Sinks.Many<String> events = Sinks.many().unicast().onBackpressureBuffer();

	private static volatile CompletableFuture<Boolean> closed = new CompletableFuture<>();

	@BeforeAll
	static void start() {
		upstream = new TestUpstream(McpStreamServerTests::answer);
		String url = upstream.url();
		Routes.Filter silent = new Routes.Filter("McpStream", Map.of("heartbeat", "0"));
		gateway = new TestGateway(Setup.class,
				new Routes().with("test.upstream", url)
					.route(url, List.of("Path=/v1/sse/**"), silent)
					.route(url, List.of("Path=/sse/**"), "PrefixPath=/v1", silent)
					.route(url, List.of("Path=/team/a/**"), "RewritePath=/team/a/?(?<rest>.*),/v1/${rest}", silent)
					.route(url, List.of("Path=/strip/me/**"), "StripPrefix=2", "PrefixPath=/v1", silent)
					.route(url, List.of("Path=/listen"), "SetPath=/v1/sse",
							new Routes.Filter("McpStream", Map.of("messagePath", "/listen/say")))
					.route(url, List.of("Path=/mcp"), silent)
					.route(url, List.of("Path=/alive"), "SetPath=/mcp", "McpStream=10ms")
					.route(url, List.of("Path=/hang"), "McpStream=0,50ms")
					.properties());
	}

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
	}

	@BeforeEach
	void forget() {
		events = Sinks.many().unicast().onBackpressureBuffer();
		closed = new CompletableFuture<>();
		ends.clear();
		upstream.received().clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/sse", "/mcp" })
	void headersArriveWhileTheUpstreamIsSilent(String path) throws IOException {
		HttpResponse<InputStream> answer = gateway.open(gateway.request(path).GET());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().map()).containsEntry("content-type", List.of("text/event-stream"))
			.containsEntry("x-accel-buffering", List.of("no"))
			.containsEntry("cache-control", List.of("no-cache"));
		emit("data: {\"first\":1}\n\n");
		assertThat(read(answer.body(), 19)).isEqualTo("data: {\"first\":1}\n\n");
	}

	@ParameterizedTest
	@CsvSource({ "/v1/sse, /v1/sse/message?sessionId=1", "/sse, /sse/message?sessionId=1",
			"/team/a/sse, /team/a/sse/message?sessionId=1", "/strip/me/sse, /strip/me/sse/message?sessionId=1",
			"/dsl/sse, /dsl/sse/message?sessionId=1" })
	void theEndpointIsUnderTheClientsPath(String path, String ours) throws IOException {
		for (String theirs : List.of("/v1/sse/message?sessionId=1", upstream.url() + "/v1/sse/message?sessionId=1")) {
			events = Sinks.many().unicast().onBackpressureBuffer();
			HttpResponse<InputStream> answer = gateway.open(gateway.request(path).GET());
			emit("event: endpoint\ndata: " + theirs + "\n\nevent: message\ndata: /v1/sse\n\n");
			events.tryEmitComplete().orThrow();
			assertThat(all(answer.body()))
				.isEqualTo("event: endpoint\ndata: " + ours + "\n\nevent: message\ndata: /v1/sse\n\n");
		}
	}

	@Test
	void messagesToThatEndpointReachTheUpstreams() {
		HttpResponse<String> answer = gateway
			.send(gateway.request("/team/a/sse/message?sessionId=1").POST(BodyPublishers.ofString("{}")));
		assertThat(upstream.last().uri()).isEqualTo("/v1/sse/message?sessionId=1");
		assertThat(answer.statusCode()).isEqualTo(202);
	}

	@Test
	void anEndpointThatCannotBeToldIsTheArgument() throws IOException {
		HttpResponse<InputStream> answer = gateway.open(gateway.request("/listen").GET());
		emit("event: endpoint\ndata: /messages?sessionId=1\n\n");
		assertThat(until(answer.body(), "\n\n")).isEqualTo("event: endpoint\ndata: /listen/say?sessionId=1\n\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example/sse?s=1", "//evil.example/sse", "/\\evil.example/sse" })
	void anEndpointElsewhereEndsTheStream(String endpoint, CapturedOutput output) throws Exception {
		HttpResponse<InputStream> answer = gateway.open(gateway.request("/sse").GET());
		emit("event: endpoint\ndata: " + endpoint + "\n\n");
		assertThatIOException().isThrownBy(() -> all(answer.body()));
		assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo(StreamEnd.ENDPOINT_REFUSED);
		assertThat(closed.get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(output).contains("event=endpoint-refused route=route-2").doesNotContain("evil.example");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void acceptedIsNoStream(boolean chunked) {
		HttpResponse<String> answer = gateway.send(gateway.request("/sse/message?sessionId=1")
			.header("X-Chunked", Boolean.toString(chunked))
			.POST(BodyPublishers.ofString("{}")));
		assertThat(answer.statusCode()).isEqualTo(202);
		assertThat(answer.body()).isEqualTo("Accepted");
		assertThat(answer.headers().map()).containsEntry("content-type", List.of("text/event-stream"))
			.doesNotContainKeys("x-accel-buffering", "cache-control");
	}

	@Test
	void anAnswerThatIsNoStreamIsUntouched() {
		HttpResponse<String> answer = gateway.get("/mcp", "X-Json", "1", "Accept-Encoding", "gzip");
		assertThat(answer.body()).isEqualTo("{}");
		assertThat(answer.headers().map()).doesNotContainKeys("x-accel-buffering", "cache-control");
		assertThat(upstream.last().headers().get("Accept-Encoding")).isEqualTo("gzip");
	}

	@Test
	void theAnswerToAPostIsNotRewritten() throws IOException {
		HttpResponse<InputStream> answer = gateway
			.open(gateway.request("/sse").header("X-Cache", "no-store").POST(BodyPublishers.ofString("{}")));
		assertThat(answer.headers().map()).containsEntry("x-accel-buffering", List.of("no"))
			.containsEntry("cache-control", List.of("no-store"));
		emit("event: endpoint\ndata: /v1/sse/message\n\n");
		events.tryEmitComplete().orThrow();
		assertThat(all(answer.body())).isEqualTo("event: endpoint\ndata: /v1/sse/message\n\n");
	}

	@Test
	void aStreamThatHasToBeReadIsNotCompressed() throws IOException {
		gateway.open(gateway.request("/sse", "Accept", "text/event-stream", "Accept-Encoding", "gzip").GET())
			.body()
			.close();
		assertThat(upstream.last().headers().getAll("Accept-Encoding")).containsExactly("identity");
	}

	@Test
	void aCompressedStreamIsRefusedWhereItHasToBeRead() {
		HttpResponse<InputStream> answer = gateway.open(gateway.request("/sse", "X-Encoding", "gzip").GET());
		assertThatIOException().isThrownBy(() -> all(answer.body()));
	}

	@Test
	void aSilentStreamIsKeptAlive() throws IOException {
		HttpResponse<InputStream> answer = gateway.open(gateway.request("/alive").POST(BodyPublishers.ofString("{}")));
		assertThat(read(answer.body(), 28)).isEqualTo(": keep-alive\n\n: keep-alive\n\n");
		emit("data: 1\n");
		assertThat(until(answer.body(), "data: 1\n")).matches("(: keep-alive\n\n)*data: 1\n");
		emit("data: 2\n\n");
		assertThat(until(answer.body(), "data: 2\n\n")).isEqualTo("data: 2\n\n");
		assertThat(read(answer.body(), 14)).isEqualTo(": keep-alive\n\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/sse", "/alive" })
	void theClientsLeavingClosesTheUpstream(String path) throws Exception {
		HttpResponse<InputStream> answer = gateway.open(gateway.request(path).GET());
		answer.body().close();
		assertThat(closed.get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo(StreamEnd.CLIENT_LEFT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/sse", "/alive" })
	void theUpstreamsEndIsAnOrderlyEnd(String path) throws Exception {
		HttpResponse<InputStream> answer = gateway.open(gateway.request(path).GET());
		emit("data: {}\n\n");
		events.tryEmitComplete().orThrow();
		assertThat(all(answer.body())).endsWith("data: {}\n\n");
		assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo(StreamEnd.UPSTREAM_ENDED);
	}

	@Test
	void anUpstreamThatBreaksOffIsNoOrderlyEnd() throws Exception {
		HttpResponse<InputStream> answer = gateway.open(gateway.request("/sse").GET());
		emit("data: {}\n\n");
		assertThat(read(answer.body(), 10)).isEqualTo("data: {}\n\n");
		events.tryEmitError(new IllegalStateException("broken")).orThrow();
		assertThatIOException().isThrownBy(() -> all(answer.body()));
		assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo(StreamEnd.UPSTREAM_FAILED);
	}

	@Test
	void anUpstreamThatDoesNotAnswerIsGivenUp() throws Exception {
		assertThat(gateway.get("/hang").statusCode()).isEqualTo(504);
		assertThat(closed.get(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void manyEventsArriveInTheirOrder() throws IOException {
		HttpResponse<InputStream> answer = gateway.open(gateway.request("/alive").GET());
		StringBuilder all = new StringBuilder();
		for (int i = 0; i < 2000; i++) {
			String event = "data: {\"n\":" + i + ",\"x\":\"" + "x".repeat(i % 300) + "\"}\n\n";
			all.append(event);
			emit(event);
		}
		events.tryEmitComplete().orThrow();
		assertThat(all(answer.body()).replace(": keep-alive\n\n", "")).isEqualTo(all.toString());
	}

	private static void emit(String text) {
		events.tryEmitNext(text).orThrow();
	}

	private static String read(InputStream body, int length) throws IOException {
		return new String(body.readNBytes(length), StandardCharsets.UTF_8);
	}

	private static String until(InputStream body, String end) throws IOException {
		StringBuilder text = new StringBuilder();
		while (text.indexOf(end) < 0) {
			text.append(read(body, 1));
		}
		return text.toString();
	}

	private static String all(InputStream body) throws IOException {
		return new String(body.readAllBytes(), StandardCharsets.UTF_8);
	}

	private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		if (request.uri().equals("/hang")) {
			return Mono.<Void>never().doFinally((signal) -> closed.complete(true));
		}
		if (request.uri().contains("/message")) {
			return accepted(request, response);
		}
		if (request.requestHeaders().contains("X-Json")) {
			return response.header("Content-Type", "application/json").sendString(Mono.just("{}"));
		}
		response.header("Content-Type", "text/event-stream");
		copy(request, response, "X-Cache", "Cache-Control");
		copy(request, response, "X-Encoding", "Content-Encoding");
		Flux<ByteBuf> body = events.asFlux()
			.map((text) -> ByteBufUtil.writeUtf8(UnpooledByteBufAllocator.DEFAULT, text))
			.doFinally((signal) -> closed.complete(true));
		return response.sendHeaders().send(body, (buffer) -> true);
	}

	private static Publisher<Void> accepted(HttpServerRequest request, HttpServerResponse response) {
		response.status(202).header("Content-Type", "text/event-stream");
		return "true".equals(request.requestHeaders().get("X-Chunked"))
				? response.sendHeaders().sendString(Flux.just("Accep", "ted"))
				: response.sendString(Mono.just("Accepted"));
	}

	private static void copy(HttpServerRequest request, HttpServerResponse response, String from, String to) {
		String value = request.requestHeaders().get(from);
		if (value != null) {
			response.header(to, value);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Setup {

		@Bean
		McpStreamGatewayFilterFactory mcpStream() {
			return new McpStreamGatewayFilterFactory(new StreamListener() {

				@Override
				public void ended(ServerWebExchange exchange, StreamEnd end, Duration lasted) {
					ends.add(end);
				}

			});
		}

		@Bean
		RouteLocator dsl(RouteLocatorBuilder routes, McpStreamGatewayFilterFactory stream, Environment environment) {
			return routes.routes()
				.route("dsl",
						(route) -> route.path("/dsl/**")
							.filters((filters) -> filters.stripPrefix(1)
								.prefixPath("/v1")
								.filter(stream.apply(stream.newConfig())))
							.uri(environment.getRequiredProperty("test.upstream")))
				.build();
		}

	}

}
