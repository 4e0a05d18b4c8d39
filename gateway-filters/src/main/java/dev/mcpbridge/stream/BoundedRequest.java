package dev.mcpbridge.stream;

import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;

/**
 * A request whose body fails once it is larger than allowed, whatever its headers said.
 */
final class BoundedRequest extends ServerHttpRequestDecorator {

	private final long most;

	private volatile boolean oversized;

	/**
	 * Bounds a request.
	 * @param request the request
	 * @param most how large its body may be; 0 for any size
	 */
	BoundedRequest(ServerHttpRequest request, DataSize most) {
		super(request);
		this.most = (most.toBytes() > 0) ? most.toBytes() : Long.MAX_VALUE;
		this.oversized = request.getHeaders().getContentLength() > this.most;
	}

	/**
	 * Tells whether the body is too large, as far as is known.
	 * @return whether it says so, or was read too far
	 */
	boolean isOversized() {
		return this.oversized;
	}

	/** What is longer than it says is nothing the server reads. */
	private boolean isSaidToFit() {
		long said = getHeaders().getContentLength();
		return said >= 0 && said <= this.most;
	}

	/** What is too much is read by nobody, nor is what follows. */
	@Override
	public Flux<DataBuffer> getBody() {
		if (isSaidToFit()) {
			return super.getBody();
		}
		return Flux.defer(() -> {
			AtomicLong seen = new AtomicLong();
			return super.getBody().handle((buffer, sink) -> {
				if (seen.addAndGet(buffer.readableByteCount()) <= this.most) {
					sink.next(buffer);
				}
				else {
					this.oversized = true;
					DataBufferUtils.release(buffer);
					sink.error(new OversizedException());
				}
			});
		});
	}

}
