/**
 * Clients of HTTP+SSE at an upstream of streamable HTTP.
 * <p>
 * It must not know the way round.
 */
@NullMarked
package dev.mcpbridge.translation.sseclients;

import org.jspecify.annotations.NullMarked;
