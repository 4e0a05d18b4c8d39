package dev.mcpbridge.doctor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

/**
 * Asks as a stranger would: without a token, each time on a connection of its own, for
 * ten seconds and 256 KB at most.
 */
public final class Requests {

	private static final int CONNECT_MILLIS = 5000;

	private static final Duration ANSWER = Duration.ofSeconds(10);

	private static final int LARGEST = 256 * 1024;

	private final HttpClient client;

	private final InstantSource clock;

	/**
	 * Makes it.
	 * @param client the client to ask with: its proxy, trust and name resolution count
	 * @param clock the time
	 */
	public Requests(HttpClient client, InstantSource clock) {
		this.client = client.followRedirect(false)
			.disableRetry(true)
			.keepAlive(false)
			.wiretap(false)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
		this.clock = clock;
	}

	HttpClient client() {
		return this.client;
	}

	InstantSource clock() {
		return this.clock;
	}

	Mono<Heard> get(String address) {
		return send(HttpMethod.GET, address, Map.of(), null);
	}

	Mono<Heard> send(HttpMethod method, String address, Map<String, String> headers, @Nullable String body) {
		return Mono.defer(() -> {
			Instant asked = this.clock.instant();
			return this.client.headers((target) -> write(headers, target))
				.request(method)
				.uri(address)
				.send((request, out) -> (body != null) ? out.sendString(Mono.just(body)) : out)
				.response((response, content) -> text(response.responseHeaders(), content)
					.map((text) -> new Heard(response.status().code(), response.responseHeaders(), text, asked,
							this.clock.instant())))
				.single()
				.timeout(ANSWER);
		});
	}

	private static void write(Map<String, String> headers, HttpHeaders target) {
		target.set("user-agent", "mcp-bridge-doctor");
		headers.forEach(target::set);
	}

	/** A stream has no end, and nothing in it is of interest. */
	private static Mono<String> text(HttpHeaders headers, ByteBufFlux content) {
		if (headers.get("content-type", "").startsWith("text/event-stream")) {
			return Mono.just("");
		}
		return Flux.using(ByteArrayOutputStream::new,
				(body) -> content.asByteArray()
					.doOnNext(body::writeBytes)
					.takeWhile((bytes) -> body.size() < LARGEST)
					.then(Mono.fromSupplier(() -> body.toString(StandardCharsets.UTF_8))),
				(body) -> {
				})
			.single();
	}

	/**
	 * An answer.
	 *
	 * @param status its status
	 * @param headers its headers
	 * @param body the beginning of its body
	 * @param asked when the question left
	 * @param answered when the answer was here
	 */
	record Heard(int status, HttpHeaders headers, String body, Instant asked, Instant answered) {

		/** The values of a header, those in one line taken apart. */
		List<String> values(String header) {
			return this.headers.getAll(header)
				.stream()
				.flatMap((line) -> List.of(line.split(",")).stream())
				.map(String::strip)
				.toList();
		}

	}

}
