package dev.mcpbridge.authorization;

import java.util.List;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.util.MultivaluedMapUtils;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.OAuthErrorException;
import org.jspecify.annotations.Nullable;

/**
 * How the sender of a form proves who it is: in one way, or not at all.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.3">RFC 6749, section
 * 2.3</a>
 */
final class SentProof {

	private SentProof() {
	}

	/**
	 * Reads the proof.
	 * @param message the form and the credentials it came with
	 * @return the proof, or {@code null} if there is none
	 * @throws ParseException if it cannot be read
	 * @throws OAuthErrorException if there are two, or the form names another client
	 */
	static @Nullable ClientAuthentication of(HTTPRequest message) throws ParseException {
		@Nullable List<ClientAuthentication> proofs = ClientAuthentication.parseCandidates(message);
		if (proofs == null) {
			return null;
		}
		ClientAuthentication proof = proofs.get(0);
		String named = MultivaluedMapUtils.getFirstValue(message.getBodyAsFormParameters(), "client_id");
		if (proofs.size() > 1 || (named != null && !named.equals(proof.getClientID().getValue()))) {
			throw new OAuthErrorException(
					OAuthError.invalidRequest("the client must authenticate in one way, as one client"));
		}
		return proof;
	}

}
