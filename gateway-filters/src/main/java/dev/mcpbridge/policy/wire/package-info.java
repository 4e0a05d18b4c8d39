/**
 * Requests that call tools and answers that list them, as they are written.
 * <p>
 * It must not know whether a call is allowed.
 */
@NullMarked
package dev.mcpbridge.policy.wire;

import org.jspecify.annotations.NullMarked;
