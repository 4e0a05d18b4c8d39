package dev.mcpbridge.authorization;

import dev.mcpbridge.oauth.RegisteredRedirectUri;
import org.jspecify.annotations.Nullable;

/**
 * A client whose redirect URI is proven, so that it may be answered there.
 *
 * @param clientId its identifier
 * @param client what it registered
 * @param redirectUri where answers go
 * @param state what it wants back
 */
record ProvenClient(String clientId, RegisteredClient client, RegisteredRedirectUri redirectUri,
		@Nullable String state) {

}
