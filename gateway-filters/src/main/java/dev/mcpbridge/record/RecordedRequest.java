package dev.mcpbridge.record;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * A request whose body is copied while it passes.
 */
final class RecordedRequest extends ServerHttpRequestDecorator {

	private final Capture capture;

	RecordedRequest(ServerHttpRequest request, Capture capture) {
		super(request);
		this.capture = capture;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return super.getBody().doOnNext(this.capture::asked).doOnComplete(this.capture::askedAll);
	}

}
