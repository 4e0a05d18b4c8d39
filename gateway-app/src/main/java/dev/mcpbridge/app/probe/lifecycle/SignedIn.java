package dev.mcpbridge.app.probe.lifecycle;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.mcpbridge.secret.Secret;

/**
 * What a person's consent brought.
 *
 * @param code the authorization code
 * @param verifier the secret half of PKCE
 */
record SignedIn(Secret code, CodeVerifier verifier) {
}
