/**
 * What can be said of a token without telling it.
 * <p>
 * It must not know where tokens come from.
 */
@NullMarked
package dev.mcpbridge.app.probe.token;

import org.jspecify.annotations.NullMarked;
