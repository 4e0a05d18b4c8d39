/**
 * What the simulator reads and writes: a request, an answer, JSON.
 * <p>
 * It must not know what a request means: no OAuth, no MCP, no socket.
 */
@NullMarked
package dev.mcpbridge.simulator.wire;

import org.jspecify.annotations.NullMarked;
