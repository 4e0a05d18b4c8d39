package dev.mcpbridge.upstream;

import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Proves to the upstream who we are, as it told us to.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.3">RFC 6749, section
 * 2.3</a>
 */
final class ClientProof {

	private ClientProof() {
	}

	/**
	 * Returns the proof of a client.
	 * @param client the client
	 * @return the proof, or {@code null} for a public client
	 */
	static @Nullable ClientAuthentication of(UpstreamClient client) {
		Secret secret = client.clientSecret();
		if (secret == null || client.auth() == TokenEndpointAuth.NONE) {
			return null;
		}
		ClientID clientId = new ClientID(client.clientId());
		var revealed = new com.nimbusds.oauth2.sdk.auth.Secret(secret.reveal());
		return (client.auth() == TokenEndpointAuth.POST) ? new ClientSecretPost(clientId, revealed)
				: new ClientSecretBasic(clientId, revealed);
	}

}
