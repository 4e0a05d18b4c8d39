/**
 * What is expected of a service, what was seen of it, and the difference.
 * <p>
 * It must not know how anything is seen.
 */
@NullMarked
package dev.mcpbridge.app.probe.contract;

import org.jspecify.annotations.NullMarked;
