/**
 * Whose a session is: ids that carry a mark only their owner's requests can show.
 * <p>
 * It must not know tokens or grants, and remembers nothing between two requests.
 */
@NullMarked
package dev.mcpbridge.session;

import org.jspecify.annotations.NullMarked;
