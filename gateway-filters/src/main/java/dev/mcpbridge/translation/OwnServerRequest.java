package dev.mcpbridge.translation;

import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * The client's request with another method, body and headers, and without our session id
 * in its query.
 */
final class OwnServerRequest extends ServerHttpRequestDecorator {

	private final OwnRequest own;

	private final URI uri;

	private final HttpHeaders headers = new HttpHeaders();

	OwnServerRequest(ServerHttpRequest client, OwnRequest own) {
		super(client);
		this.own = own;
		this.uri = withoutSession(client.getURI());
		this.headers.addAll(client.getHeaders());
		this.headers.remove(HttpHeaders.TRANSFER_ENCODING);
		this.headers.remove(HttpHeaders.CONTENT_LENGTH);
		own.headers().accept(this.headers);
		if (own.body().length > 0) {
			this.headers.setContentLength(own.body().length);
		}
	}

	@Override
	public HttpMethod getMethod() {
		return this.own.method();
	}

	@Override
	public URI getURI() {
		return this.uri;
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return (this.own.body().length == 0) ? Flux.empty()
				: Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(this.own.body())));
	}

	private static URI withoutSession(URI uri) {
		String query = uri.getRawQuery();
		if (query == null) {
			return uri;
		}
		String kept = Stream.of(query.split("&"))
			.filter((parameter) -> !parameter.startsWith(OwnRequest.SESSION_PARAMETER + "="))
			.collect(Collectors.joining("&"));
		String text = uri.toString();
		String path = text.substring(0, text.indexOf('?'));
		return URI.create(kept.isEmpty() ? path : path + "?" + kept);
	}

}
