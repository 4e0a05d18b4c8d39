/**
 * Who may call which tool: reads the calls in a request, judges them, and takes from the
 * upstream's answers what a caller is not to see.
 * <p>
 * It must not know how a token is opened, kept or renewed, nor what anybody does with
 * what it tells of calls.
 */
@NullMarked
package dev.mcpbridge.policy;

import org.jspecify.annotations.NullMarked;
