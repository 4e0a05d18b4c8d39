/**
 * A request as a whole: what it asks for, and how and when it is answered.
 * <p>
 * It must not know why a filter decides as it does.
 */
@NullMarked
package dev.mcpbridge.request;

import org.jspecify.annotations.NullMarked;
