package dev.mcpbridge.bridge;

import java.time.Instant;

import dev.mcpbridge.secret.Secret;

/**
 * A bridge token as it is handed out.
 *
 * @param jwt the signed token
 * @param expiresAt when it ends
 */
public record MintedToken(Secret jwt, Instant expiresAt) {

}
