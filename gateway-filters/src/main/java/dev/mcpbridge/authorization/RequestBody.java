package dev.mcpbridge.authorization;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.OAuthErrorException;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads what a client sent to the front desk, up to a bound.
 * <p>
 * A body that breaks off, or is garbage to HTTP itself, has no answer left to give: the
 * server refused it already, or nobody is there.
 */
final class RequestBody {

	/** The most bytes a request may have. */
	static final int MAX_BYTES = 64 * 1024;

	private RequestBody() {
	}

	/**
	 * Reads a JSON body.
	 * @param request the request
	 * @return the text; an error if it is not typed as JSON, too long or cut off
	 */
	static Mono<String> json(ServerRequest request) {
		return read(request, MediaType.APPLICATION_JSON);
	}

	/**
	 * Reads a form.
	 * @param request the request
	 * @return the parameters that have a value; an error if it is not typed as a form,
	 * too long or cut off
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.2">RFC 6749, section
	 * 3.2</a>
	 */
	static Mono<Map<String, List<String>>> form(ServerRequest request) {
		return read(request, MediaType.APPLICATION_FORM_URLENCODED).map(RequestBody::parameters);
	}

	/**
	 * Hands a form on to the OAuth library, with the credentials it came with.
	 * @param request the request
	 * @param form its parameters
	 * @return the message as the library reads it
	 */
	static HTTPRequest message(ServerRequest request, Map<String, List<String>> form) {
		HTTPRequest message = new HTTPRequest(HTTPRequest.Method.POST, request.uri());
		message.setHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_FORM_URLENCODED_VALUE);
		String authorization = request.headers().firstHeader(HttpHeaders.AUTHORIZATION);
		if (authorization != null) {
			message.setAuthorization(authorization);
		}
		message.setBody(URLUtils.serializeParameters(form));
		return message;
	}

	private static Mono<String> read(ServerRequest request, MediaType expected) {
		if (!isTyped(request, expected)) {
			return Mono.error(refused("Content-Type must be " + expected));
		}
		return DataBufferUtils.join(request.exchange().getRequest().getBody(), MAX_BYTES)
			.map(RequestBody::text)
			.defaultIfEmpty("")
			.onErrorMap(DataBufferLimitException.class,
					(ex) -> refused("the body must not be longer than %d bytes".formatted(MAX_BYTES)))
			.onErrorMap((ex) -> !(ex instanceof OAuthErrorException),
					(ex) -> new AbortedException("the body could not be read"));
	}

	private static boolean isTyped(ServerRequest request, MediaType expected) {
		try {
			return request.headers().contentType().filter(expected::isCompatibleWith).isPresent();
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	private static Map<String, List<String>> parameters(String form) {
		Map<String, List<String>> parameters = new LinkedHashMap<>(URLUtils.parseParameters(form));
		parameters.values().removeIf((values) -> values.stream().allMatch(String::isEmpty));
		return parameters;
	}

	private static String text(DataBuffer buffer) {
		try {
			return buffer.toString(StandardCharsets.UTF_8);
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

	private static OAuthErrorException refused(String description) {
		return new OAuthErrorException(OAuthError.invalidRequest(description));
	}

}
