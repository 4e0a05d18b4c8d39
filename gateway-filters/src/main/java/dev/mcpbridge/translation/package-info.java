/**
 * One transport in front, the other behind: HTTP+SSE clients at a streamable upstream,
 * and the other way round.
 * <p>
 * It must not know tokens or grants, nor what a tool does.
 */
@NullMarked
package dev.mcpbridge.translation;

import org.jspecify.annotations.NullMarked;
