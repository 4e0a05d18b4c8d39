package dev.mcpbridge.authorization;

import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.OAuthErrorException;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Proves who is asking at the token endpoint. A client we do not know is told so with a
 * 401, since clients register again only on that.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.3">RFC 6749, section
 * 2.3</a>
 */
final class ClientAuthenticator {

	private final ClientRegistrations clients;

	ClientAuthenticator(ClientRegistrations clients) {
		this.clients = clients;
	}

	String authenticate(TokenRequest request) {
		ClientAuthentication proof = request.getClientAuthentication();
		String clientId = (proof != null) ? proof.getClientID().getValue()
				: (request.getClientID() != null) ? request.getClientID().getValue() : null;
		RegisteredClient client = this.clients.find(clientId)
			.orElseThrow(() -> refused("the client is not registered here"));
		if (clientId == null || !isProven(client, proof)) {
			throw refused("the client could not be authenticated");
		}
		return clientId;
	}

	private static boolean isProven(RegisteredClient client, @Nullable ClientAuthentication proof) {
		Secret secret = client.secret();
		if (secret == null) {
			return true;
		}
		return proof instanceof PlainClientSecret plain && !plain.getClientSecret().getValue().isEmpty()
				&& secret.equals(Secret.of(plain.getClientSecret().getValue()));
	}

	private static OAuthErrorException refused(String description) {
		return new OAuthErrorException(OAuthError.invalidClient(description));
	}

}
