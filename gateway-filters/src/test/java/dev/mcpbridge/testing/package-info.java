/**
 * A gateway to test against, and a client with a browser to test it with.
 * <p>
 * It must not know the simulator, or what any test is after.
 */
@NullMarked
package dev.mcpbridge.testing;

import org.jspecify.annotations.NullMarked;
