/**
 * Messages left for whoever holds the other end of a conversation, on any replica: in
 * order, within a bound, for a while.
 * <p>
 * It must not know what a message says, nor who sent it.
 */
@NullMarked
package dev.mcpbridge.relay;

import org.jspecify.annotations.NullMarked;
