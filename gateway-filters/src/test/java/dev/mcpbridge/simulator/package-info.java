/**
 * An embedded Atlassian: the remote MCP service and its authorization server as captured,
 * for tests and for the demo.
 * <p>
 * It must not know the gateway: nothing here may use its main code.
 */
@NullMarked
package dev.mcpbridge.simulator;

import org.jspecify.annotations.NullMarked;
