/**
 * The token we hand out, and the proof that it is ours.
 * <p>
 * It must not know HTTP, or how the upstream token behind it is kept fresh.
 */
@NullMarked
package dev.mcpbridge.bridge;

import org.jspecify.annotations.NullMarked;
