/**
 * What must not leak: secrets that print {@code ***}, keys that rotate, boxes that seal.
 * <p>
 * It must not know what its values mean: no OAuth, no store, no HTTP.
 */
@NullMarked
package dev.mcpbridge.secret;

import org.jspecify.annotations.NullMarked;
