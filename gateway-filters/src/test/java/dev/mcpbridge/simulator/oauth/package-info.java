/**
 * The authorization server of the simulated service: clients, grants, tokens that rotate.
 * <p>
 * It must not know MCP, nor the socket it is served on.
 */
@NullMarked
package dev.mcpbridge.simulator.oauth;

import org.jspecify.annotations.NullMarked;
