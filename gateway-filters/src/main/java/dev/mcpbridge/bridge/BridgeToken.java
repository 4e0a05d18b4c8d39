package dev.mcpbridge.bridge;

import java.time.Instant;
import java.util.List;

import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A bridge token that was found good.
 *
 * @param subject who it speaks for
 * @param clientId the client it was issued to, or {@code null} if it does not say
 * @param grantId the grant behind it, or {@code null} for a token of another bridge
 * @param owner the grant, or what stays the same for as long where there is none: it
 * names nobody
 * @param scope what it allows, separated by spaces
 * @param groups what it says the person belongs to; none in tokens of ours
 * @param expiresAt when it ends
 * @param carried the upstream token inside it, or {@code null} if it only refers to a
 * grant
 * @param carriedUntil when the token inside ends
 */
public record BridgeToken(String subject, @Nullable String clientId, @Nullable String grantId, String owner,
		String scope, List<String> groups, Instant expiresAt, @Nullable Secret carried, Instant carriedUntil) {

}
