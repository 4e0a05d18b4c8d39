package dev.mcpbridge.authorization;

import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

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

	/**
	 * Proves a client.
	 * @param proof how it authenticated, or {@code null} if it did not
	 * @param named what it called itself without a proof, or {@code null}
	 * @return its {@code client_id}; a {@link TokenRefusal} if it is not registered or
	 * not proven
	 */
	Mono<String> authenticate(@Nullable ClientAuthentication proof, @Nullable ClientID named) {
		ClientID id = (proof != null) ? proof.getClientID() : named;
		if (id == null) {
			return Mono.error(ClientAuthenticator::unknown);
		}
		return this.clients.find(id.getValue())
			.switchIfEmpty(Mono.error(ClientAuthenticator::unknown))
			.filter((client) -> isProven(client, proof))
			.switchIfEmpty(Mono
				.error(() -> TokenRefusal.ofClient("the client could not be authenticated", RefusalReason.UNPROVEN)))
			.thenReturn(id.getValue());
	}

	/**
	 * Remembers a client that was given tokens, in case its key is dropped. If that
	 * fails, the next time will do.
	 * @param clientId the client
	 * @return when it is done
	 */
	Mono<Void> remember(String clientId) {
		return Mono.defer(() -> this.clients.keep(clientId)).onErrorComplete();
	}

	private static boolean isProven(RegisteredClient client, @Nullable ClientAuthentication proof) {
		Secret secret = client.secret();
		if (secret == null) {
			return true;
		}
		return proof instanceof PlainClientSecret plain && !plain.getClientSecret().getValue().isEmpty()
				&& secret.equals(Secret.of(plain.getClientSecret().getValue()));
	}

	private static TokenRefusal unknown() {
		return TokenRefusal.ofClient("the client is not registered here", RefusalReason.UNKNOWN);
	}

}
