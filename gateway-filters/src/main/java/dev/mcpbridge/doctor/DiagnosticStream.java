package dev.mcpbridge.doctor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * A short stream anybody may open, to see what a proxy does to streams: three comments,
 * one after the other, and the end.
 * <p>
 * It says nothing, and five are served at a time: more are 503.
 */
public final class DiagnosticStream {

	/** Where it is, below the public URL. */
	public static final String PATH = "/.well-known/mcp-bridge/stream";

	static final int EVENTS = 3;

	static final String LAST = ":" + EVENTS;

	private static final int AT_ONCE = 5;

	private final AtomicInteger open = new AtomicInteger();

	private final Duration pause;

	/**
	 * Makes it.
	 * @param pause how long to wait between two comments
	 */
	public DiagnosticStream(Duration pause) {
		this.pause = pause;
	}

	/**
	 * Returns how long it waits between two comments.
	 * @return the pause
	 */
	public Duration pause() {
		return this.pause;
	}

	/**
	 * Returns its route.
	 * @return the route
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route().GET(PATH, (request) -> answer()).build();
	}

	private Mono<ServerResponse> answer() {
		if (this.open.get() >= AT_ONCE) {
			return ServerResponse.status(503)
				.header(HttpHeaders.RETRY_AFTER, Integer.toString(EVENTS))
				.cacheControl(CacheControl.noStore())
				.build();
		}
		return ServerResponse.ok()
			.contentType(MediaType.TEXT_EVENT_STREAM)
			.cacheControl(CacheControl.noStore())
			.header("X-Accel-Buffering", "no")
			.body(BodyInserters.fromServerSentEvents(Flux.defer(this::events)));
	}

	/** Whoever came past the bound in the same moment gets an empty stream. */
	private Flux<ServerSentEvent<Void>> events() {
		if (this.open.incrementAndGet() > AT_ONCE) {
			this.open.decrementAndGet();
			return Flux.empty();
		}
		return Flux.interval(Duration.ZERO, this.pause)
			.take(EVENTS)
			.map((index) -> ServerSentEvent.<Void>builder().comment(Long.toString(index + 1)).build())
			.doFinally((end) -> this.open.decrementAndGet());
	}

}
