/**
 * Looks at the Redis that replicas share.
 * <p>
 * It must not write: what it tries has no effect.
 */
@NullMarked
package dev.mcpbridge.doctor.redis;

import org.jspecify.annotations.NullMarked;
