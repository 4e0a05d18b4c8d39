/**
 * Sends what was recorded again, and says what is answered otherwise.
 * <p>
 * It must not know how traffic is recorded, only what a recording looks like.
 */
@NullMarked
package dev.mcpbridge.app.replay;

import org.jspecify.annotations.NullMarked;
