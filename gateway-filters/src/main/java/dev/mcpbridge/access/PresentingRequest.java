package dev.mcpbridge.access;

import dev.mcpbridge.secret.Secret;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * A request with the upstream's token in place of ours.
 */
class PresentingRequest extends ServerHttpRequestDecorator {

	private final HttpHeaders headers;

	/**
	 * Presents a token.
	 * @param request the request as it came
	 * @param token the upstream's token
	 */
	PresentingRequest(ServerHttpRequest request, Secret token) {
		super(request);
		this.headers = HttpHeaders.copyOf(request.getHeaders());
		this.headers.setBearerAuth(token.reveal());
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

}
