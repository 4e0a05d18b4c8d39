package dev.mcpbridge.request;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * A request whose body is looked at while it passes. It is neither held nor changed.
 */
final class WatchedRequest extends ServerHttpRequestDecorator {

	private final Passage passage;

	WatchedRequest(ServerHttpRequest request, Passage passage) {
		super(request);
		this.passage = passage;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		Flux<DataBuffer> body = super.getBody().doOnError((failure) -> this.passage.brokenOff());
		return this.passage.isUnnamed()
				? body.doOnNext(this.passage.probe()::look).doOnTerminate(this.passage.probe()::close) : body;
	}

}
