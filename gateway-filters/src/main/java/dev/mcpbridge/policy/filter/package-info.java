/**
 * The filter
 * <p>
 * It must not know puts reading, judging, asking and telling in their order.:how rules
 * are configured.
 */
@NullMarked
package dev.mcpbridge.policy.filter;

import org.jspecify.annotations.NullMarked;
