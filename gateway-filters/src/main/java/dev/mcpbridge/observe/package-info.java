/**
 * Names every number we publish, and listens to the rooms that make them.
 * <p>
 * It must not know a token, a person or a session: no tag has a value that is not of a
 * closed set.
 */
@NullMarked
package dev.mcpbridge.observe;

import org.jspecify.annotations.NullMarked;
