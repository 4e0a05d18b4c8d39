package dev.mcpbridge.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import dev.mcpbridge.oauth.OAuthError;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * The one place where an {@link OAuthError} becomes an answer of a route.
 */
public final class Refusal {

	private static final JsonMapper JSON = JsonMapper.shared();

	private Refusal() {
	}

	/**
	 * Answers with an error as JSON, never cached.
	 * @param response the response, not committed yet
	 * @param error the error and its status
	 * @return when it is written
	 */
	public static Mono<Void> write(ServerHttpResponse response, OAuthError error) {
		return write(response, error.status(), error.members());
	}

	/**
	 * Answers with an error the client may come back from.
	 * @param response the response, not committed yet
	 * @param error the error and its status
	 * @param retryAfter when to come back, rounded up to a second
	 * @return when it is written
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110,
	 * section 10.2.3</a>
	 */
	public static Mono<Void> write(ServerHttpResponse response, OAuthError error, Duration retryAfter) {
		response.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.plusMillis(999).toSeconds()));
		return write(response, error);
	}

	/**
	 * Answers with any JSON body, never cached.
	 * @param response the response, not committed yet
	 * @param status the HTTP status
	 * @param body the body, as Jackson writes it
	 * @return when it is written
	 */
	public static Mono<Void> write(ServerHttpResponse response, int status, Map<String, ?> body) {
		byte[] json = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
		response.setStatusCode(HttpStatusCode.valueOf(status));
		HttpHeaders headers = response.getHeaders();
		headers.remove(HttpHeaders.TRANSFER_ENCODING);
		headers.remove(HttpHeaders.CONTENT_ENCODING);
		headers.setContentType(MediaType.APPLICATION_JSON);
		headers.setContentLength(json.length);
		headers.setCacheControl(CacheControl.noStore());
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(json)));
	}

}
