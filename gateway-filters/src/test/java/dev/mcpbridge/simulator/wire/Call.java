package dev.mcpbridge.simulator.wire;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * One request as it arrived, its body read to the end.
 *
 * @param method the HTTP method
 * @param path the path without the query
 * @param query the raw query, empty if there is none
 * @param headers the request headers
 * @param body the body, empty if there is none
 */
public record Call(String method, String path, String query, HttpHeaders headers, String body) {

	/**
	 * Returns the first value of a header.
	 * @param name the header name, in any case
	 * @return the value, empty if the header is missing
	 */
	public Optional<String> header(String name) {
		return Optional.ofNullable(this.headers.get(name));
	}

	/**
	 * Returns the address the caller reached us at.
	 * @return scheme, host and port, without a path
	 */
	public String origin() {
		return "http://" + header("host").orElse("localhost");
	}

	/**
	 * Returns the query parameters.
	 * @return the values by name
	 */
	public Map<String, List<String>> parameters() {
		return URLUtils.parseParameters(this.query);
	}

	/**
	 * Returns the fields of a form-encoded body.
	 * @return the values by name
	 */
	public Map<String, List<String>> form() {
		return URLUtils.parseParameters(this.body);
	}

	/**
	 * Tells whether the {@code Accept} header allows a media type; no header allows all.
	 * @param mediaType the media type in lower case
	 * @return whether an answer of that type is welcome
	 */
	public boolean accepts(String mediaType) {
		String accept = header("accept").orElse("*/*").toLowerCase(Locale.ROOT);
		return accept.contains(mediaType) || accept.contains("*/*");
	}

}
