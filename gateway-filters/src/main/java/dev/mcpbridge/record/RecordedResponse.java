package dev.mcpbridge.record;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * A response whose head and body are copied while they pass. Whoever reads slowly makes
 * the upstream wait as before.
 */
final class RecordedResponse extends ServerHttpResponseDecorator {

	private final Capture capture;

	private final AtomicBoolean begun = new AtomicBoolean();

	RecordedResponse(ServerHttpResponse response, Capture capture) {
		super(response);
		this.capture = capture;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		begin();
		return super.writeWith(watched(body));
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		begin();
		return super.writeAndFlushWith(
				Flux.from(body).<Publisher<? extends DataBuffer>>map(this::watched).doOnCancel(this.capture::left));
	}

	@Override
	public Mono<Void> setComplete() {
		begin();
		return super.setComplete();
	}

	/** The headers are looked at last, when everybody has set theirs. */
	private void begin() {
		if (this.begun.compareAndSet(false, true)) {
			this.capture.answering(isStream());
			beforeCommit(() -> Mono.fromRunnable(() -> this.capture.answered(getStatusCode(), headers())));
		}
	}

	/** A copy, with the cookies, which join the headers later. */
	private HttpHeaders headers() {
		HttpHeaders headers = new HttpHeaders();
		headers.putAll(getHeaders());
		getCookies().values()
			.forEach((cookies) -> cookies.forEach((cookie) -> headers.add(HttpHeaders.SET_COOKIE, cookie.toString())));
		return headers;
	}

	private Publisher<? extends DataBuffer> watched(Publisher<? extends DataBuffer> body) {
		return (body instanceof Mono<? extends DataBuffer> one) ? one.doOnNext(this.capture::answer)
				: Flux.from(body).doOnNext(this.capture::answer).doOnCancel(this.capture::left);
	}

	private boolean isStream() {
		HttpHeaders headers = getHeaders();
		String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
		return getStatusCode() == HttpStatus.OK && !headers.containsHeader(HttpHeaders.CONTENT_LENGTH)
				&& (encoding == null || "identity".equalsIgnoreCase(encoding))
				&& String.valueOf(headers.getFirst(HttpHeaders.CONTENT_TYPE))
					.toLowerCase(Locale.ROOT)
					.contains(MediaType.TEXT_EVENT_STREAM_VALUE);
	}

}
