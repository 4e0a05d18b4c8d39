/**
 * An MCP client as small as an experiment needs one: it says hello, asks, and tells
 * everything the other side did, refusals included.
 * <p>
 * It must not know where its token comes from.
 */
@NullMarked
package dev.mcpbridge.app.probe.mcp;

import org.jspecify.annotations.NullMarked;
