/**
 * Memory that outlives a request: put, take once, compare-and-set.
 * <p>
 * It must not know what its values mean; they come sealed.
 */
@NullMarked
package dev.mcpbridge.store;

import org.jspecify.annotations.NullMarked;
