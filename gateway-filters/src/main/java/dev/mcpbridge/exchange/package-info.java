/**
 * What a filter of ours is: arguments as a record, a place in the chain, one way to
 * refuse.
 * <p>
 * It must not know what any single filter does.
 */
@NullMarked
package dev.mcpbridge.exchange;

import org.jspecify.annotations.NullMarked;
