/**
 * Keeps a grant fresh: ahead of its end, once for all who wait.
 * <p>
 * It must not know who asks, or what the fresh token is used for.
 */
@NullMarked
package dev.mcpbridge.refresh;

import org.jspecify.annotations.NullMarked;
