package dev.mcpbridge.stream;

import java.time.Duration;
import java.util.regex.Pattern;

import dev.mcpbridge.exchange.FilterOrder;
import dev.mcpbridge.exchange.McpFilterFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;

/**
 * Keeps long answers flowing: their headers leave at once, comments fill a silence, and
 * the endpoint event of the old transport names our path.
 * <p>
 * An endpoint on another host ends the stream. An upstream that does not begin to answer
 * in time is cancelled and the exchange fails with a {@link NoAnswerException}; once it
 * has begun, an answer may take as long as it likes. A request whose body is too large is
 * refused with 413, and one that would open a standing stream while the gateway stops
 * with 503.
 */
public final class McpStreamGatewayFilterFactory extends McpFilterFactory<McpStreamGatewayFilterFactory.Config> {

	private final StreamListener listener;

	private final StreamDrain drain;

	/**
	 * Makes the factory of a gateway whose streams are cut when it stops.
	 * @param listener hears of every stream
	 */
	public McpStreamGatewayFilterFactory(StreamListener listener) {
		this(listener, new StreamDrain(Duration.ZERO, Schedulers.parallel()));
	}

	/**
	 * Makes the factory.
	 * @param listener hears of every stream
	 * @param drain ends streams when the gateway stops
	 */
	public McpStreamGatewayFilterFactory(StreamListener listener, StreamDrain drain) {
		super(Config.class);
		this.listener = listener;
		this.drain = drain;
	}

	@Override
	public GatewayFilter apply(Config config) {
		StreamFlow flow = new StreamFlow(config.heartbeat(), config.messagePath(), this.listener, this.drain);
		return at(FilterOrder.STREAM, config, (exchange, chain) -> {
			if (this.drain.hasBegun()) {
				// whoever comes back is to come to another replica
				exchange.getResponse().getHeaders().setConnection("close");
				if (opensStandingStream(exchange.getRequest())) {
					this.listener.refused(exchange);
					return StreamRefusal.draining(exchange.getResponse());
				}
			}
			BoundedRequest request = new BoundedRequest(readable(exchange.getRequest()), config.maxRequest());
			return request.isOversized() ? oversized(exchange, config) : pass(exchange, chain, request, flow, config);
		});
	}

	private Mono<Void> pass(ServerWebExchange exchange, GatewayFilterChain chain, BoundedRequest request,
			StreamFlow flow, Config config) {
		Duration limit = config.answerWithin();
		AnswerDeadline deadline = limit.isZero() ? null : new AnswerDeadline(limit);
		StreamResponse response = new StreamResponse(exchange, flow, deadline);
		Mono<Void> streaming = chain.filter(exchange.mutate().request(request).response(response).build());
		return ((deadline != null) ? deadline.bound(streaming) : streaming)
			.onErrorResume((failure) -> request.isOversized() && !response.isCommitted() ? oversized(exchange, config)
					: Mono.error(failure));
	}

	private Mono<Void> oversized(ServerWebExchange exchange, Config config) {
		this.listener.oversized(exchange);
		return StreamRefusal.oversized(exchange.getResponse(), config.maxRequest());
	}

	private static boolean opensStandingStream(ServerHttpRequest request) {
		return isOpening(request) || StreamKind.of(request) == StreamKind.LISTEN;
	}

	private static boolean isOpening(ServerHttpRequest request) {
		return request.getMethod() == HttpMethod.GET && EventStream.isNamedIn(request.getHeaders(), HttpHeaders.ACCEPT);
	}

	/** The answer to a request that opens a stream has to be read for its endpoint. */
	private static ServerHttpRequest readable(ServerHttpRequest request) {
		return isOpening(request) ? request.mutate().header(HttpHeaders.ACCEPT_ENCODING, "identity").build() : request;
	}

	/**
	 * How long things may take on a route, and how large they may be.
	 *
	 * @param heartbeat how long a stream may be silent before a comment is sent, at least
	 * 10 ms; 0 for no comments
	 * @param answerWithin how long the upstream may take to begin an answer; 0 for any
	 * time
	 * @param messagePath our path for messages of the old transport; empty to tell it
	 * from the path of the stream
	 * @param maxRequest how large the body of a request may be; 0 for any size
	 */
	public record Config(@DefaultValue("15s") Duration heartbeat, @DefaultValue("5m") Duration answerWithin,
			@Nullable String messagePath, @DefaultValue("10MB") DataSize maxRequest) {

		private static final Duration SHORTEST = Duration.ofMillis(10);

		private static final Pattern PATH = Pattern.compile("/(?!/)[\\x21-\\x7e&&[^\\\\?#]]*");

		/**
		 * Checks the limits.
		 */
		public Config {
			check(heartbeat.isZero() || heartbeat.compareTo(SHORTEST) >= 0, "heartbeat", heartbeat,
					"0, or 10ms and more");
			check(!answerWithin.isNegative(), "answerWithin", answerWithin, "0 or more");
			check(messagePath == null || PATH.matcher(messagePath).matches(), "messagePath",
					String.valueOf(messagePath), "a path such as /sse/message");
			check(!maxRequest.isNegative(), "maxRequest", maxRequest, "0 or more");
		}

		private static void check(boolean condition, String argument, Object value, String expected) {
			if (!condition) {
				throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(argument, value, expected));
			}
		}

	}

}
