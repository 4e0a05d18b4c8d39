/**
 * The gate: refuse with one challenge, or swap the bridge token for the upstream token.
 * <p>
 * It must not know how tokens are got in the first place.
 */
@NullMarked
package dev.mcpbridge.access;

import org.jspecify.annotations.NullMarked;
