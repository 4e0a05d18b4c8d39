package dev.mcpbridge.stream;

import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.mcpbridge.wire.Routes;
import dev.mcpbridge.wire.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * Streams that are no streams of events, or have no end, pass as they are and cost no
 * more memory than others.
 */
@Timeout(120)
class UglyStreamServerTests {

	private static final int PIECE = 64 * 1024;

	/** What the sockets of three machines on the way may hold together, generously. */
	private static final long ON_THE_WAY = 64 * 1024 * 1024;

	private static final BlockingQueue<StreamEnd> ends = new LinkedBlockingQueue<>();

	private static final AtomicLong sent = new AtomicLong();

	private static volatile Flux<ByteBuf> body = Flux.empty();

	private static volatile CompletableFuture<Boolean> left = new CompletableFuture<>();

	private static TestUpstream upstream;

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		upstream = new TestUpstream((request, response) -> {
			if (request.uri().equals("/silent")) {
				return Mono.<Void>never().doFinally((signal) -> left.complete(true));
			}
			return response.header("Content-Type", "text/event-stream")
				.sendHeaders()
				.send(body.doFinally((signal) -> left.complete(true)), (buffer) -> true);
		});
		gateway = new TestGateway(Setup.class,
				new Routes().route(upstream.url(), List.of("Path=/mcp,/silent"), "McpStream=0")
					.route(upstream.url(), List.of("Path=/alive"), "McpStream=10ms")
					.properties());
	}

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
	}

	@BeforeEach
	void forget() {
		left = new CompletableFuture<>();
		sent.set(0);
		ends.clear();
	}

	static List<byte[]> ugly() {
		String start = "data: {}\n\n";
		return List.of(bytes(start + "data: " + "x".repeat(3 * 1024 * 1024) + "\n\n"),
				bytes(start + "x".repeat(3 * 1024 * 1024)), bytes(start + "\n\r\n\r".repeat(PIECE)),
				bytes(start + "data: \u0000\u0000\nda\u0000ta: 1\n\n\u0000\n\n"),
				bytes(start + "data: \u00ff\u00fe\u00c0\u0080\u00ed\u00a0\u0080\n\n\u00ff"),
				bytes(start + ":".repeat(PIECE) + "\nid: \u0000\nretry: -1\nevent\ndata"),
				bytes("data: \u0000\u00ff\n\n"), bytes(start + "event: endpoin\ndata"), bytes("da"), bytes("\n\n\n"),
				bytes(""));
	}

	@ParameterizedTest
	@MethodSource("ugly")
	void whateverComesPassesUntouchedToItsEnd(byte[] ugly) throws Exception {
		body = pieces(ugly);
		assertThat(gateway.open(gateway.request("/mcp").GET()).body().readAllBytes()).isEqualTo(ugly);
		assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo(StreamEnd.UPSTREAM_ENDED);
		assertThat(gateway.open(gateway.request("/mcp").POST(BodyPublishers.ofString("{}"))).body().readAllBytes())
			.isEqualTo(ugly);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/mcp", "/alive" })
	void anUpstreamThatBreaksOffInTheMiddleOfAnEventIsNoOrderlyEnd(String path) throws Exception {
		String half = "data: {}\n\ndata: {\"half\":";
		body = pieces(bytes(half)).concatWith(Mono.error(new IllegalStateException("broken")));
		HttpResponse<InputStream> answer = gateway.open(gateway.request(path).GET());
		assertThat(new String(answer.body().readNBytes(half.length()), StandardCharsets.UTF_8)).isEqualTo(half);
		assertThatIOException().isThrownBy(() -> answer.body().readAllBytes());
		assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo(StreamEnd.UPSTREAM_FAILED);
	}

	@Test
	void aFirstLineWithoutEndIsRefusedAfterABound() throws Exception {
		body = endless("x");
		HttpResponse<InputStream> answer = gateway.open(gateway.request("/mcp").GET());
		assertThatIOException().isThrownBy(() -> answer.body().readAllBytes());
		assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo(StreamEnd.ENDPOINT_REFUSED);
		assertThat(left.get(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void aLineWithoutEndPassesUntilTheClientLeaves() throws Exception {
		body = Flux.concat(pieces(bytes("data: {}\n\ndata: ")), endless("y"));
		try (InputStream answer = gateway.open(gateway.request("/alive").GET()).body()) {
			answer.skipNBytes(16);
			for (int piece = 0; piece < 200; piece++) {
				assertThat(answer.readNBytes(PIECE)).containsOnly('y');
			}
		}
		assertThat(left.get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo(StreamEnd.CLIENT_LEFT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /mcp", "POST /mcp", "GET /alive" })
	void aReaderThatDoesNotReadMakesTheUpstreamWait(String request) throws Exception {
		body = Flux.concat(pieces(bytes("data: {}\n\n")), endless("data: z\n\n"));
		try (Socket client = new Socket("127.0.0.1", gateway.port())) {
			client.getOutputStream().write(bytes(request + " HTTP/1.1\r\nHost: gateway\r\nContent-Length: 0\r\n\r\n"));
			assertThat(client.getInputStream().readNBytes(9)).isEqualTo(bytes("HTTP/1.1 "));
			await().until(UglyStreamServerTests::isWaiting);
			assertThat(sent.get()).isBetween((long) PIECE, ON_THE_WAY);
			long before = sent.get();
			client.getInputStream().skipNBytes(ON_THE_WAY);
			assertThat(sent.get()).as("goes on when somebody reads").isGreaterThan(before);
		}
		assertThat(left.get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo(StreamEnd.CLIENT_LEFT);
	}

	@Test
	void aClientThatLeavesBeforeTheAnswerClosesTheUpstream() throws Exception {
		try (Socket client = new Socket("127.0.0.1", gateway.port())) {
			client.getOutputStream().write(bytes("GET /silent HTTP/1.1\r\nHost: gateway\r\n\r\n"));
			await().until(() -> upstream.last().uri().equals("/silent"));
		}
		assertThat(left.get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(ends).isEmpty();
	}

	/** Waits by turns, without claiming how long they take: who does not wait goes on. */
	private static boolean isWaiting() {
		long before = sent.get();
		for (int turn = 0; turn < 20; turn++) {
			await().pollDelay(Duration.ofMillis(50)).until(() -> true);
			if (sent.get() != before) {
				return sent.get() > ON_THE_WAY;
			}
		}
		return before > 0;
	}

	private static Flux<ByteBuf> endless(String text) {
		byte[] piece = bytes(text.repeat(PIECE / text.length() + 1).substring(0, PIECE));
		return Flux.generate((sink) -> {
			sent.addAndGet(PIECE);
			sink.next(Unpooled.wrappedBuffer(piece));
		});
	}

	private static Flux<ByteBuf> pieces(byte[] bytes) {
		int count = (bytes.length + PIECE - 1) / PIECE;
		return Flux.range(0, count)
			.map((index) -> Unpooled.copiedBuffer(bytes, index * PIECE, Math.min(PIECE, bytes.length - index * PIECE)));
	}

	/** One character a byte. */
	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
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

	}

}
