/**
 * How many tool calls at once, and how many in a while: who is over a limit waits for a
 * moment, and is told when to come back after that.
 * <p>
 * It must not know what a tool does, nor whether a call is allowed.
 */
@NullMarked
package dev.mcpbridge.limit;

import org.jspecify.annotations.NullMarked;
