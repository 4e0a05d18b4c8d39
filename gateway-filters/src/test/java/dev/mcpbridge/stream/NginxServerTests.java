package dev.mcpbridge.stream;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.mcpbridge.wire.Routes;
import dev.mcpbridge.wire.TestGateway;
import dev.mcpbridge.wire.TestUpstream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import reactor.core.publisher.Sinks;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Streams behind a real nginx that buffers and times out as it does by itself.
 * <p>
 * By default its timeout is a second, and ours are as short. With
 * {@code -Dmcp.test.nginx-minutes=10} the timeouts are nginx's own 60 s and our default
 * heartbeat, and a stream is silent for that long.
 */
@EnabledIf("isExpected")
class NginxServerTests {

	private static final int MINUTES = Integer.getInteger("mcp.test.nginx-minutes", 0);

	private static final @Nullable String READ_TIMEOUT = (MINUTES > 0) ? null : "1s";

	private static final Duration HEARTBEAT = (MINUTES > 0) ? Duration.ofSeconds(15) : Duration.ofMillis(300);

	/** How many heartbeats a silence lasts: several of nginx's timeouts. */
	private static final int BEATS = (MINUTES > 0) ? 4 * MINUTES : 12;

	private static final String COMMENT = ": keep-alive\n\n";

	private final Sinks.Many<String> events = Sinks.many().unicast().onBackpressureBuffer();

	private final TestUpstream upstream = new TestUpstream(
			(request, response) -> response.header("Content-Type", "text/event-stream")
				.sendHeaders()
				.sendString(this.events.asFlux()));

	private final TestGateway gateway = new TestGateway(Setup.class,
			new Routes().route(this.upstream.url(), List.of("Path=/mcp"), "McpStream=" + HEARTBEAT)
				.route(this.upstream.url(), List.of("Path=/silent"), "McpStream=0")
				.properties());

	private @Nullable Nginx nginx;

	/** Where nobody would see that they were skipped, they fail without nginx. */
	static boolean isExpected() {
		return "true".equals(System.getenv("CI")) || Nginx.find().isPresent();
	}

	@BeforeEach
	void start() {
		this.nginx = Nginx.start(this.gateway.port(), READ_TIMEOUT);
	}

	@AfterEach
	void stop() {
		this.gateway.close();
		if (this.nginx != null) {
			this.nginx.close();
		}
		this.upstream.close();
	}

	@Test
	void aSilentStreamStaysOpen() throws Exception {
		try (InputStream stream = open("/mcp")) {
			for (int beat = 0; beat < BEATS; beat++) {
				assertThat(read(stream, COMMENT.length())).isEqualTo(COMMENT);
			}
			emit("data: {}\n\n");
			assertThat(read(stream, 10)).isEqualTo("data: {}\n\n");
		}
	}

	@Test
	void withoutHeartbeatsItIsCut() throws Exception {
		try (InputStream stream = open("/silent")) {
			assertThatIOException().isThrownBy(stream::read);
		}
	}

	@Test
	void anEventPassesAtOnce() throws Exception {
		try (InputStream stream = open("/silent")) {
			for (int number = 1; number <= 3; number++) {
				emit("data: " + number + "\n\n");
				assertThat(read(stream, 9)).isEqualTo("data: " + number + "\n\n");
			}
		}
	}

	private InputStream open(String path) throws Exception {
		int port = (this.nginx != null) ? this.nginx.port() : 0;
		HttpResponse<InputStream> answer = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
					BodyHandlers.ofInputStream());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("server").orElse("")).startsWith("nginx");
		return answer.body();
	}

	private void emit(String event) {
		this.events.tryEmitNext(event).orThrow();
	}

	private static String read(InputStream stream, int length) throws IOException {
		return new String(stream.readNBytes(length), StandardCharsets.UTF_8);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Setup {

		@Bean
		McpStreamGatewayFilterFactory mcpStream() {
			return new McpStreamGatewayFilterFactory(StreamListener.NONE);
		}

	}

}
