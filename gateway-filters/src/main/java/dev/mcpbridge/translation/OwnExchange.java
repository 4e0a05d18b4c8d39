package dev.mcpbridge.translation;

import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;

/**
 * A request of ours on behalf of a client's, beside it: with a request, response and
 * attributes of its own, so that several can be under way at once, and none is seen by
 * the client.
 */
final class OwnExchange extends ServerWebExchangeDecorator {

	private final ServerHttpRequest request;

	private final ServerHttpResponse response;

	private final Map<String, Object> attributes;

	/**
	 * Begins a request.
	 * @param client the client's exchange, as it was before it was routed
	 * @param request what to send
	 * @param response takes the answer
	 * @param attributes its attributes
	 */
	OwnExchange(ServerWebExchange client, OwnRequest request, ServerHttpResponse response,
			Map<String, Object> attributes) {
		super(client);
		this.request = new OwnServerRequest(client.getRequest(), request);
		this.response = response;
		this.attributes = attributes;
	}

	/**
	 * Makes the attributes of a request: those of the client's, and its target.
	 * @param client the client's exchange
	 * @param request what to send
	 * @return attributes that can be changed without the client's
	 */
	static Map<String, Object> attributes(ServerWebExchange client, OwnRequest request) {
		Map<String, Object> attributes = new HashMap<>(client.getAttributes());
		Set<URI> urls = client.getAttributeOrDefault(ServerWebExchangeUtils.GATEWAY_ORIGINAL_REQUEST_URL_ATTR,
				Set.of());
		attributes.put(ServerWebExchangeUtils.GATEWAY_ORIGINAL_REQUEST_URL_ATTR, new LinkedHashSet<>(urls));
		if (request.target() != null) {
			attributes.put(UpstreamTargetFilter.TARGET, request.target());
		}
		return attributes;
	}

	@Override
	public ServerHttpRequest getRequest() {
		return this.request;
	}

	@Override
	public ServerHttpResponse getResponse() {
		return this.response;
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.attributes;
	}

}
