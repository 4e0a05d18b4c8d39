package dev.mcpbridge.headers;

import java.util.Set;

import dev.mcpbridge.exchange.RefusedBody;
import dev.mcpbridge.message.JsonRpcError;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * Replaces a redirect of the upstream by an error.
 * <p>
 * Its address is of the upstream's house: a client that followed it would carry its token
 * there, or come to a path of ours that is another thing.
 */
final class RedirectedResponse extends ServerHttpResponseDecorator {

	private static final Log log = LogFactory.getLog(RedirectedResponse.class);

	private static final JsonRpcError ERROR = new JsonRpcError(JsonRpcError.INTERNAL_ERROR,
			"The upstream answered with a redirect, which is not followed");

	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	private final ServerWebExchange exchange;

	RedirectedResponse(ServerWebExchange exchange) {
		super(exchange.getResponse());
		this.exchange = exchange;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return isRedirect() ? RefusedBody.discard(Flux.from(body)).then(refuse()) : super.writeWith(body);
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return isRedirect() ? RefusedBody.discard(Flux.from(body).concatMap((part) -> part, 0)).then(refuse())
				: super.writeAndFlushWith(body);
	}

	@Override
	public Mono<Void> setComplete() {
		return isRedirect() ? refuse() : super.setComplete();
	}

	/** A redirect of this gateway's own filters stays what it is. */
	private boolean isRedirect() {
		HttpStatusCode status = getStatusCode();
		return status != null && REDIRECTS.contains(status.value())
				&& this.exchange.getAttributes().containsKey(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR);
	}

	private Mono<Void> refuse() {
		return Mono.defer(() -> {
			Route route = this.exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
			log.warn("event=redirect-refused route=%s status=%s".formatted((route != null) ? route.getId() : "none",
					getStatusCode()));
			getHeaders().remove(HttpHeaders.LOCATION);
			return ERROR.write(getDelegate(), HttpStatus.BAD_GATEWAY);
		});
	}

}
