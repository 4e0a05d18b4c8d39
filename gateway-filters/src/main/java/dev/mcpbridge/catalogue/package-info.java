/**
 * What the upstream says its tools are, remembered, so that a change is seen before a
 * model acts on it.
 * <p>
 * It must not know who may call a tool, and judges no text by what it says.
 */
@NullMarked
package dev.mcpbridge.catalogue;

import org.jspecify.annotations.NullMarked;
