/**
 * Real servers on port 0 for tests: an upstream that does as it is told, and a gateway of
 * a few routes.
 */
@NullMarked
package dev.mcpbridge.wire;

import org.jspecify.annotations.NullMarked;
