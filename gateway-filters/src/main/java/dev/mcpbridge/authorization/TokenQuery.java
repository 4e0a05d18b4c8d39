package dev.mcpbridge.authorization;

import java.util.List;
import java.util.Map;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.OAuthErrorException;
import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * A form that names a token, and who sent it: what revocation and introspection have in
 * common. The hint what the token is would spare us nothing, and is not read.
 *
 * @param named the token, or {@code null} if the form has none
 * @param proof how the sender authenticated, or {@code null} if it did not
 * @param clientId what it called itself, or {@code null}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009#section-2.1">RFC 7009, section
 * 2.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2.1">RFC 7662, section
 * 2.1</a>
 */
record TokenQuery(@Nullable String named, @Nullable ClientAuthentication proof, @Nullable ClientID clientId) {

	/**
	 * Reads a form.
	 * @param request the request it came with
	 * @param form its parameters
	 * @return the query
	 * @throws OAuthErrorException if a parameter is repeated, or the sender authenticates
	 * in two ways
	 * @throws TokenRefusal if the sender authenticates in a way nobody can read
	 */
	static TokenQuery of(ServerRequest request, Map<String, List<String>> form) {
		if (form.values().stream().anyMatch((values) -> values.size() > 1)) {
			throw new OAuthErrorException(OAuthError.invalidRequest("a parameter must not be repeated"));
		}
		try {
			String clientId = first(form, "client_id");
			return new TokenQuery(first(form, "token"), SentProof.of(RequestBody.message(request, form)),
					(clientId != null) ? new ClientID(clientId) : null);
		}
		catch (ParseException | IllegalArgumentException ex) {
			throw TokenRefusal.ofClient("the client could not be authenticated", RefusalReason.UNPROVEN);
		}
	}

	/**
	 * The token; only after the sender has proven who it is, as it is told nothing
	 * before.
	 */
	String token() {
		if (this.named == null) {
			throw new OAuthErrorException(OAuthError.invalidRequest("token is missing"));
		}
		return this.named;
	}

	private static @Nullable String first(Map<String, List<String>> form, String name) {
		List<String> values = form.get(name);
		return (values != null) ? values.get(0) : null;
	}

}
