/**
 * Traffic as it passed, written down without what must not be known.
 * <p>
 * It must not know tokens, grants or transports: it sees what any client sees, and tells
 * a secret by its place and its shape.
 */
@NullMarked
package dev.mcpbridge.record;

import org.jspecify.annotations.NullMarked;
