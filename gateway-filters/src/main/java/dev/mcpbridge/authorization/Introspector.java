package dev.mcpbridge.authorization;

import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The one program that may ask what a token is worth.
 *
 * @param clientId what it calls itself
 * @param clientSecret how it proves that
 */
public record Introspector(String clientId, Secret clientSecret) {

	/** Compares both, whichever is wrong, in constant time. */
	boolean isProvenBy(@Nullable ClientAuthentication proof) {
		if (!(proof instanceof PlainClientSecret plain) || plain.getClientID().getValue().isEmpty()
				|| plain.getClientSecret().getValue().isEmpty()) {
			return false;
		}
		return Secret.of(this.clientId).equals(Secret.of(proof.getClientID().getValue()))
				& this.clientSecret.equals(Secret.of(plain.getClientSecret().getValue()));
	}

}
