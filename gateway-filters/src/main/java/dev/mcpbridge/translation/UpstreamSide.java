package dev.mcpbridge.translation;

import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.mcpbridge.exchange.Renewal;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * The rest of a route, for requests of our own on behalf of one client's.
 *
 * @param client the client's exchange, as it was before it was routed
 * @param chain the filters further in
 */
public record UpstreamSide(ServerWebExchange client, GatewayFilterChain chain) {

	/**
	 * Sends a request with the credentials the client's came with.
	 * @param request what to send
	 * @param reader what to do with the answer; the upstream's connection is held for as
	 * long as it takes, and a body it does not read is discarded
	 * @return what the reader makes of the answer; an error if there was no answer
	 */
	public <T> Mono<T> send(OwnRequest request, Function<UpstreamAnswer, Mono<T>> reader) {
		return send(this.client, request, reader);
	}

	/**
	 * Sends a request with the credentials of now, long after the client's began.
	 * @param request what to send
	 * @param reader what to do with the answer
	 * @return what the reader makes of the answer; empty also if there are no credentials
	 * any more
	 */
	public <T> Mono<T> sendLater(OwnRequest request, Function<UpstreamAnswer, Mono<T>> reader) {
		return Renewal.of(this.client).renew(this.client).flatMap((renewed) -> send(renewed, request, reader));
	}

	private <T> Mono<T> send(ServerWebExchange exchange, OwnRequest request, Function<UpstreamAnswer, Mono<T>> reader) {
		return Mono.defer(() -> {
			Map<String, Object> attributes = OwnExchange.attributes(exchange, request);
			Supplier<URI> url = () -> (URI) attributes.getOrDefault(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
					exchange.getRequest().getURI());
			OwnResponse<T> response = new OwnResponse<>(exchange.getResponse(), url, reader);
			return this.chain.filter(new OwnExchange(exchange, request, response, attributes))
				.then(Mono.fromSupplier(response::result));
		});
	}

}
