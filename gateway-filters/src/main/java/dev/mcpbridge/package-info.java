/**
 * The door for gateways written in Java, and the one filter that is all of them.
 * <p>
 * It must not know anything but the filters themselves.
 */
@NullMarked
package dev.mcpbridge;

import org.jspecify.annotations.NullMarked;
