/**
 * The MCP server of the simulated service: two transports, one protocol, 24 tools.
 * <p>
 * It must not know OAuth, nor the socket it is served on.
 */
@NullMarked
package dev.mcpbridge.simulator.mcp;

import org.jspecify.annotations.NullMarked;
