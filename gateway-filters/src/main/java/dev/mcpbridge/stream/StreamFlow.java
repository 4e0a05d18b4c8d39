package dev.mcpbridge.stream;

import java.net.URI;
import java.time.Duration;

import dev.mcpbridge.exchange.ClientPath;
import dev.mcpbridge.exchange.SessionIds;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * What happens to the bytes of a stream on their way to the client.
 *
 * @param heartbeat how long a silence may be, 0 for any
 * @param messagePath our path for messages, or {@code null} to tell it from the request
 * @param listener hears of every stream
 * @param drain ends those that would stay open
 */
record StreamFlow(Duration heartbeat, @Nullable String messagePath, StreamListener listener, StreamDrain drain) {

	private static final Log logger = LogFactory.getLog(StreamFlow.class);

	/**
	 * Returns the stream for the client.
	 * @param exchange the exchange, as the client began it
	 * @param body the stream of the upstream
	 * @param asked when the request was sent on, in nanoseconds of a clock never set
	 * @return the stream for the client
	 */
	Flux<DataBuffer> apply(ServerWebExchange exchange, Flux<DataBuffer> body, long asked) {
		return Flux.defer(() -> {
			long opened = System.nanoTime();
			this.listener.opened(exchange, Duration.ofNanos(opened - asked));
			StandingStream standing = StreamKind.of(exchange.getRequest()).isStanding() ? this.drain.enter() : null;
			return Flux.defer(() -> events(exchange, body, standing))
				.doOnComplete(() -> ended(exchange, standing, StreamEnd.UPSTREAM_ENDED, opened))
				.doOnCancel(() -> ended(exchange, standing, StreamEnd.CLIENT_LEFT, opened))
				.doOnError((ex) -> ended(exchange, standing, endOf(exchange, ex), opened));
		});
	}

	private Flux<DataBuffer> events(ServerWebExchange exchange, Flux<DataBuffer> body,
			@Nullable StandingStream standing) {
		boolean opening = exchange.getRequest().getMethod() == HttpMethod.GET;
		boolean encoded = isEncoded(exchange.getResponse().getHeaders());
		if (encoded && opening) {
			return Flux.error(new EndpointException("it is compressed"));
		}
		DataBufferFactory buffers = exchange.getResponse().bufferFactory();
		Flux<DataBuffer> events = opening ? EndpointRewriter.over(body, buffers, pathOf(exchange)::rewrite) : body;
		Flux<DataBuffer> ending = (standing != null) ? standing.over(events) : events;
		return encoded ? ending : alive(exchange, counted(exchange, ending, opening), buffers);
	}

	private Flux<DataBuffer> counted(ServerWebExchange exchange, Flux<DataBuffer> events, boolean opening) {
		PassingEvents passing = new PassingEvents();
		return events.handle((buffer, sink) -> {
			int count = passing.advance(buffer);
			if (count > 0) {
				this.listener.events(exchange, count);
			}
			if (opening && passing.hasLateEndpoint()) {
				DataBufferUtils.release(buffer);
				sink.error(new EndpointException("not the first event"));
			}
			else {
				sink.next(buffer);
			}
		});
	}

	private Flux<DataBuffer> alive(ServerWebExchange exchange, Flux<DataBuffer> events, DataBufferFactory buffers) {
		return this.heartbeat.isZero() ? events : Heartbeats.over(events, buffers, this.heartbeat,
				Schedulers.parallel(), System::nanoTime, () -> this.listener.heartbeat(exchange));
	}

	/**
	 * Where no request was made of it for an upstream, the stream comes from ourselves.
	 */
	private EndpointPath pathOf(ServerWebExchange exchange) {
		URI upstream = exchange.getAttributeOrDefault(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
				exchange.getRequest().getURI());
		return new EndpointPath(ClientPath.of(exchange), upstream, this.messagePath,
				SessionIds.of(exchange).orElse(null));
	}

	private void ended(ServerWebExchange exchange, @Nullable StandingStream standing, StreamEnd end, long opened) {
		StreamEnd why = end;
		if (standing != null) {
			this.drain.leave(standing);
			why = standing.isDrained() ? StreamEnd.DRAINED : end;
		}
		this.listener.ended(exchange, why, Duration.ofNanos(System.nanoTime() - opened));
	}

	private static StreamEnd endOf(ServerWebExchange exchange, Throwable error) {
		if (!(error instanceof EndpointException)) {
			return StreamEnd.UPSTREAM_FAILED;
		}
		Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		logger.warn("event=endpoint-refused route=%s reason=\"%s\"".formatted((route != null) ? route.getId() : "none",
				error.getMessage()));
		return StreamEnd.ENDPOINT_REFUSED;
	}

	private static boolean isEncoded(HttpHeaders headers) {
		String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
		return encoding != null && !"identity".equalsIgnoreCase(encoding);
	}

}
