/**
 * A store that replicas share: Redis or Valkey.
 * <p>
 * It is the only room that knows Redis, and it must not know what its values mean.
 */
@NullMarked
package dev.mcpbridge.store.redis;

import org.jspecify.annotations.NullMarked;
