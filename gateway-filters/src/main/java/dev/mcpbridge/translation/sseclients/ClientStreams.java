package dev.mcpbridge.translation.sseclients;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import dev.mcpbridge.exchange.ClientPath;
import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.translation.Flights;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.End;
import dev.mcpbridge.translation.Transport;
import dev.mcpbridge.translation.UpstreamSide;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Opens the streams of clients of HTTP+SSE, and holds them.
 */
final class ClientStreams {

	private final Relay relay;

	private final Flights flights;

	private final TranslationLimits limits;

	private final SecureRandom random;

	private final TranslationListener listener;

	private final AtomicInteger open = new AtomicInteger();

	ClientStreams(Relay relay, Flights flights, TranslationLimits limits, SecureRandom random,
			TranslationListener listener) {
		this.relay = relay;
		this.flights = flights;
		this.limits = limits;
		this.random = random;
		this.listener = listener;
	}

	/**
	 * Opens a stream.
	 * @param side the client's request, and where the upstream is
	 * @param messagePath where the client is to post, or {@code null} for beside the
	 * stream
	 * @return when the client or the upstream is gone
	 */
	Mono<Void> open(UpstreamSide side, @Nullable String messagePath) {
		if (!accepts(side.client().getRequest().getHeaders())) {
			return Mono.error(TurnedAwayException.notAcceptable());
		}
		if (this.open.get() >= this.limits.maxSessions()) {
			return Mono.error(TurnedAwayException.tooMany(HttpStatus.SERVICE_UNAVAILABLE, "sessions"));
		}
		ClientChannel channel = ClientChannel.create(this.relay, this.random);
		ClientStream stream = new ClientStream(channel, side, this.limits, this.random, this.listener);
		return channel.open().then(hold(side.client(), stream, messagePath));
	}

	private Mono<Void> hold(ServerWebExchange exchange, ClientStream stream, @Nullable String messagePath) {
		String path = Objects.requireNonNullElseGet(messagePath, () -> beside(ClientPath.of(exchange)));
		return Mono.usingWhen(Mono.fromSupplier(() -> opened(stream)), (held) -> write(exchange, held.events(path)),
				this::ended, (held, failure) -> ended(held), this::ended);
	}

	private ClientStream opened(ClientStream stream) {
		this.open.incrementAndGet();
		this.listener.opened(Transport.STREAMABLE);
		return stream;
	}

	private Mono<Void> ended(ClientStream stream) {
		return Mono.fromRunnable(() -> {
			this.open.decrementAndGet();
			this.listener.ended(Transport.STREAMABLE, Objects.requireNonNullElse(stream.end(), End.CLIENT_LEFT));
			this.flights.launch(stream.leave());
		});
	}

	/**
	 * The filter that rewrites endpoints tells our path from the URL the upstream was
	 * asked at, which is here the client's own.
	 */
	private static Mono<Void> write(ServerWebExchange exchange, Flux<String> events) {
		exchange.getAttributes()
			.put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
					URI.create("http://localhost" + ClientPath.of(exchange)));
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatus.OK);
		response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
		response.getHeaders().setCacheControl("no-cache");
		return response.writeAndFlushWith(events.map((event) -> Mono.fromSupplier(() -> buffer(response, event))));
	}

	private static DataBuffer buffer(ServerHttpResponse response, String event) {
		return response.bufferFactory().wrap(event.getBytes(StandardCharsets.UTF_8));
	}

	private static String beside(String path) {
		return path.endsWith("/") ? path + "message" : path + "/message";
	}

	/** The header may be malformed; without it anything is accepted. */
	private static boolean accepts(HttpHeaders headers) {
		List<String> accepted = headers.getOrDefault(HttpHeaders.ACCEPT, List.of("*/*"));
		return accepted.stream()
			.map(String::toLowerCase)
			.anyMatch((value) -> value.contains(MediaType.TEXT_EVENT_STREAM_VALUE) || value.contains("*/*")
					|| value.contains("text/*"));
	}

}
