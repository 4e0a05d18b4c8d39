/**
 * Clients of streamable HTTP at an upstream of HTTP+SSE.
 * <p>
 * It must not know the way round.
 */
@NullMarked
package dev.mcpbridge.translation.sseupstream;

import org.jspecify.annotations.NullMarked;
