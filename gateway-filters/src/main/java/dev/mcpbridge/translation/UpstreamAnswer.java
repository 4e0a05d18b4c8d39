package dev.mcpbridge.translation;

import java.net.URI;
import java.util.List;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/**
 * What the upstream answers to a request of ours.
 *
 * @param url where it comes from
 * @param status the status
 * @param headers the headers that cross
 * @param body the body, to be read once; what is left unread is discarded
 */
public record UpstreamAnswer(URI url, HttpStatusCode status, HttpHeaders headers, Flux<DataBuffer> body) {

	/** Tells whether the body is a stream of events. */
	public boolean isEvents() {
		return hasType(MediaType.TEXT_EVENT_STREAM_VALUE);
	}

	/** Tells whether the body is JSON. */
	public boolean isJson() {
		return hasType(MediaType.APPLICATION_JSON_VALUE);
	}

	/** The header may be malformed. */
	private boolean hasType(String type) {
		return this.headers.getOrDefault(HttpHeaders.CONTENT_TYPE, List.of())
			.stream()
			.anyMatch((value) -> value.regionMatches(true, 0, type, 0, type.length()));
	}

}
