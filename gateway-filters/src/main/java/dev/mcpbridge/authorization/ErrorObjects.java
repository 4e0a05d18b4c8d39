package dev.mcpbridge.authorization;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import dev.mcpbridge.oauth.OAuthError;

/**
 * Between the library's error objects and ours.
 */
final class ErrorObjects {

	static final ErrorObject INVALID_REQUEST = OAuth2Error.INVALID_REQUEST;

	private ErrorObjects() {
	}

	static OAuthError toOAuthError(ErrorObject error) {
		int status = (error.getHTTPStatusCode() > 0) ? error.getHTTPStatusCode() : 400;
		String description = (error.getDescription() != null) ? error.getDescription() : error.getCode();
		return new OAuthError(error.getCode(), description, (status == 302) ? 400 : status);
	}

	static ErrorObject toErrorObject(OAuthError error) {
		return new ErrorObject(error.code(), error.description(), error.status());
	}

}
