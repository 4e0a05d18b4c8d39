package dev.mcpbridge.exchange;

import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;

/**
 * What an exchange was like before an attempt, so that another one finds it the same:
 * neither what the upstream answered nor that the request was routed already.
 */
public final class CleanExchange {

	private final ServerWebExchange exchange;

	private final HttpHeaders headers = new HttpHeaders();

	private final MultiValueMap<String, ResponseCookie> cookies;

	private final Map<String, Object> attributes;

	private final Set<URI> urls;

	/**
	 * Remembers an exchange.
	 * @param exchange the exchange before its first attempt
	 */
	public CleanExchange(ServerWebExchange exchange) {
		this.exchange = exchange;
		this.headers.addAll(exchange.getResponse().getHeaders());
		this.cookies = new LinkedMultiValueMap<>(exchange.getResponse().getCookies());
		this.attributes = new HashMap<>(exchange.getAttributes());
		this.urls = new LinkedHashSet<>(urlsOf(exchange));
	}

	/** Takes back whatever was changed since; the response must not be committed. */
	public void restore() {
		ServerHttpResponse response = this.exchange.getResponse();
		response.setStatusCode(null);
		response.getHeaders().clear();
		response.getHeaders().addAll(this.headers);
		response.getCookies().clear();
		response.getCookies().putAll(this.cookies);
		Map<String, Object> current = this.exchange.getAttributes();
		current.keySet().retainAll(this.attributes.keySet());
		current.putAll(this.attributes);
		urlsOf(this.exchange).retainAll(this.urls);
	}

	/** Filters add to the set itself, so keeping the attribute is not enough. */
	private static Set<URI> urlsOf(ServerWebExchange exchange) {
		return exchange.getAttributeOrDefault(ServerWebExchangeUtils.GATEWAY_ORIGINAL_REQUEST_URL_ATTR,
				new LinkedHashSet<>());
	}

}
