/**
 * A store that replicas share: Redis or Valkey.
 * <p>
 * It must not know what its values mean.
 */
@NullMarked
package dev.mcpbridge.store.redis;

import org.jspecify.annotations.NullMarked;
