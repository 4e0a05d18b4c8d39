package dev.mcpbridge.translation;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * A request we make up ourselves.
 *
 * @param method the method
 * @param target the path and query at the upstream, or {@code null} for where the route
 * leads
 * @param headers what is different from the headers of the client's request
 * @param body the body, empty for none
 */
@SuppressWarnings("ArrayRecordComponent")
public record OwnRequest(HttpMethod method, @Nullable String target, Consumer<HttpHeaders> headers, byte[] body) {

	/** Where the client of HTTP+SSE names its session. */
	public static final String SESSION_PARAMETER = "sessionId";

	private static final byte[] NOTHING = {};

	/** A request without a body. */
	public static OwnRequest without(HttpMethod method, Consumer<HttpHeaders> headers) {
		return new OwnRequest(method, null, headers, NOTHING);
	}

	@Override
	public String toString() {
		return "OwnRequest[%s, %d bytes]".formatted(this.method, this.body.length);
	}

}
