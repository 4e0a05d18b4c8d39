/**
 * A relay that replicas share: Redis or Valkey.
 * <p>
 * It must not know what a message says, nor who sent it.
 */
@NullMarked
package dev.mcpbridge.relay.redis;

import org.jspecify.annotations.NullMarked;
