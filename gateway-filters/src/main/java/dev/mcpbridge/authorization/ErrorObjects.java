package dev.mcpbridge.authorization;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import dev.mcpbridge.oauth.OAuthError;

/**
 * Between the library's error objects and ours.
 */
final class ErrorObjects {

	/**
	 * For a request of which the library would repeat, in its own error, characters that
	 * an error must not have; it throws {@link IllegalArgumentException} then.
	 */
	static final OAuthError UNSPEAKABLE = OAuthError.invalidRequest("a parameter is malformed");

	private ErrorObjects() {
	}

	static OAuthError toOAuthError(ParseException failure) {
		ErrorObject error = (failure.getErrorObject() != null) ? failure.getErrorObject() : OAuth2Error.INVALID_REQUEST;
		int status = (error.getHTTPStatusCode() > 0) ? error.getHTTPStatusCode() : 400;
		String description = (error.getDescription() != null) ? error.getDescription() : error.getCode();
		return new OAuthError(error.getCode(), firstClause(description), (status == 302) ? 400 : status);
	}

	/** What follows the first clause may repeat what was sent. */
	private static String firstClause(String description) {
		return description.replaceFirst("^Invalid request: ", "").split(": ", 2)[0];
	}

	static ErrorObject toErrorObject(OAuthError error) {
		return new ErrorObject(error.code(), error.description(), error.status());
	}

}
