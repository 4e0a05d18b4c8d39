package dev.mcpbridge.access;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a request is like, its second sending is like its first but for the token, and
 * other filters of the route see nothing of it.
 */
class ReplayedRequestServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final List<Sent> sent = new CopyOnWriteArrayList<>();

	static final DisposableServer upstream = HttpServer.create()
		.host("localhost")
		.port(0)
		.handle((request, response) -> answer(request, response))
		.bindNow();

	static final TestGateway gateway = TestGateway.bare()
		.clock(atlassian.clock())
		.property("mcp.bridge.upstream.url", atlassian.url().toString())
		.property("mcp.bridge.authorization-server.enabled", "true")
		.route("mcp", upstreamUrl(), "/mcp", "McpBridge")
		.route("retried", upstreamUrl(), "/retried", "McpBridge", "Retry=2,UNAUTHORIZED,POST,1ms,2ms,2,false")
		.route("measured", upstreamUrl(), "/measured", "RequestSize=1000", "McpBridge")
		.start();

	static final TestClient client = TestClient.register(gateway.url());

	static volatile Set<String> refused = Set.of();

	final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	final TestClient.Tokens tokens = client.signIn();

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.disposeNow(Duration.ofSeconds(5));
		atlassian.close();
	}

	@BeforeEach
	void endTheToken() {
		atlassian.clock().advance(Duration.ofMinutes(1));
		sent.clear();
		refused = Set.copyOf(atlassian.issuedTokens());
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" })
	void everyMethodIsSentAgainWithItsHeaders(String method) {
		HttpResponse<String> answer = send("/mcp", method, (method.startsWith("P")) ? "{}" : "");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertSentTwiceAlike();
		assertThat(sent).extracting(Sent::method).containsOnly(method);
		assertThat(sent.get(1).headers()).containsEntry("mcp-name", "of-the-request")
			.containsEntry("last-event-id", "7")
			.containsEntry("mcp-protocol-version", "2025-06-18");
		assertThat(sent)
			.allSatisfy((one) -> assertThat(one.headers().toString()).doesNotContain(this.tokens.accessToken()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/retried", "/measured" })
	void filtersOfOthersOnTheRouteSeeOneRequestAtATime(String path) {
		assertThat(send(path, "POST", "{\"a\":1}").statusCode()).isEqualTo(200);
		assertThat(sent).extracting(Sent::body).containsOnly("{\"a\":1}");
		assertThat(sent.get(sent.size() - 1).token()).isNotIn(refused);
	}

	@Test
	void aClientThatWaitsToBeAskedForItsBodyIsAskedOnce() throws IOException {
		try (Socket socket = new Socket(gateway.url().getHost(), gateway.url().getPort())) {
			socket.setSoTimeout(20_000);
			write(socket,
					String.join("\r\n",
							List.of("POST /mcp HTTP/1.1", "Host: localhost", "Connection: close",
									"Authorization: Bearer " + this.tokens.accessToken(), "Expect: 100-continue",
									"Content-Length: 2", "", "")));
			assertThat(head(socket)).startsWith("HTTP/1.1 100 Continue\r\n");
			write(socket, "{}");
			assertThat(rest(socket)).startsWith("HTTP/1.1 200 OK");
		}
		assertThat(sent).extracting(Sent::body).containsExactly("{}", "{}");
	}

	@Test
	void trailersAndChunksAreNoBody() throws IOException {
		try (Socket socket = new Socket(gateway.url().getHost(), gateway.url().getPort())) {
			socket.setSoTimeout(20_000);
			write(socket,
					String.join("\r\n",
							List.of("POST /mcp HTTP/1.1", "Host: localhost", "Connection: close",
									"Authorization: Bearer " + this.tokens.accessToken(), "Transfer-Encoding: chunked",
									"Trailer: X-Sum", "", "1", "{", "1", "}", "0", "X-Sum: 1", "", "")));
			assertThat(rest(socket)).startsWith("HTTP/1.1 200 OK");
		}
		assertThat(sent).extracting(Sent::body).containsExactly("{}", "{}");
	}

	private static void assertSentTwiceAlike() {
		assertThat(sent).hasSize(2);
		assertThat(sent.get(1).body()).isEqualTo(sent.get(0).body());
		assertThat(sent.get(1).token()).isNotEqualTo(sent.get(0).token());
		assertThat(sent.get(1).headers()).isEqualTo(sent.get(0).headers());
	}

	private HttpResponse<String> send(String path, String method, String body) {
		HttpRequest request = HttpRequest.newBuilder(gateway.url(path))
			.timeout(Duration.ofSeconds(30))
			.header("Authorization", "Bearer " + this.tokens.accessToken())
			.header("Accept-Encoding", "gzip")
			.header("Mcp-Name", "of-the-request")
			.header("Last-Event-ID", "7")
			.header("MCP-Protocol-Version", "2025-06-18")
			.method(method,
					body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
			.build();
		return this.http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
	}

	private static URI upstreamUrl() {
		return URI.create("http://localhost:" + upstream.port());
	}

	private static Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString(StandardCharsets.UTF_8).defaultIfEmpty("").flatMap((body) -> {
			Map<String, String> headers = new TreeMap<>();
			request.requestHeaders()
				.forEach((header) -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
			String token = String.valueOf(headers.remove("authorization")).replace("Bearer ", "");
			sent.add(new Sent(request.method().name(), token, headers, body));
			if (!refused.contains(token)) {
				return response.header("content-type", "text/plain").sendString(Mono.just("fine")).then();
			}
			return response.status(401)
				.header("content-encoding", "gzip")
				.header("www-authenticate", "Bearer realm=\"theirs\"")
				.sendByteArray(Mono.just(zipped()))
				.then();
		});
	}

	private static byte[] zipped() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
			zip.write("{\"error\":\"invalid_token\"}".getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return bytes.toByteArray();
	}

	private static void write(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		socket.getOutputStream().flush();
	}

	private static String head(Socket socket) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) socket.getInputStream().read());
		}
		return head.toString();
	}

	private static String rest(Socket socket) throws IOException {
		InputStream in = socket.getInputStream();
		return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
	}

	/** What the upstream saw of one request. */
	private record Sent(String method, String token, Map<String, String> headers, String body) {

	}

}
