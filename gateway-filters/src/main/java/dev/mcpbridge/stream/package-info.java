/**
 * Long answers: headers at once, heartbeats while silent, endpoint events under our
 * paths.
 * <p>
 * It must not know tokens or grants, and never reads what a message says.
 */
@NullMarked
package dev.mcpbridge.stream;

import org.jspecify.annotations.NullMarked;
