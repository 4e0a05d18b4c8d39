/**
 * JSON-RPC seen in passing: what a message is, whom it answers, and errors in its words.
 * <p>
 * It must not know sessions, tokens or transports, and never holds more than a bound.
 */
@NullMarked
package dev.mcpbridge.message;

import org.jspecify.annotations.NullMarked;
