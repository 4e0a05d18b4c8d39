package dev.mcpbridge.authorization;

import java.util.Map;

import dev.mcpbridge.oauth.OAuthError;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * How the front desk answers programs: JSON that nobody may cache.
 */
final class Answers {

	private static final int RETRY_AFTER_SECONDS = 5;

	private Answers() {
	}

	static Mono<ServerResponse> json(HttpStatusCode status, Map<String, ?> body) {
		return noStore(ServerResponse.status(status)).bodyValue(body);
	}

	/**
	 * Answers with an OAuth error.
	 * @param error the error and its status
	 * @return the answer; a 401 names the scheme a client may authenticate with
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749, section
	 * 5.2</a>
	 */
	static Mono<ServerResponse> error(OAuthError error) {
		ServerResponse.BodyBuilder answer = noStore(withStatus(HttpStatusCode.valueOf(error.status())));
		if (error.status() == HttpStatus.UNAUTHORIZED.value()) {
			answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"OAuth\"");
		}
		return answer.bodyValue(error.members());
	}

	/**
	 * Begins an answer.
	 * @param status its status
	 * @return the answer; a 503 says when to come back
	 */
	static ServerResponse.BodyBuilder withStatus(HttpStatusCode status) {
		ServerResponse.BodyBuilder answer = ServerResponse.status(status);
		return status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)
				? answer.header(HttpHeaders.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS)) : answer;
	}

	private static ServerResponse.BodyBuilder noStore(ServerResponse.BodyBuilder answer) {
		return answer.contentType(MediaType.APPLICATION_JSON)
			.cacheControl(CacheControl.noStore())
			.header(HttpHeaders.PRAGMA, "no-cache");
	}

}
