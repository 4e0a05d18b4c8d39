/**
 * How somebody gets to the page where a login is allowed, and how they come back.
 * <p>
 * It must not know what they come back with.
 */
@NullMarked
package dev.mcpbridge.app.probe.signin;

import org.jspecify.annotations.NullMarked;
