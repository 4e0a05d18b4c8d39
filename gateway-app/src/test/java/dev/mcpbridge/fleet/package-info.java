/**
 * Gateways in processes of their own, which a test commands, kills and starts again.
 * <p>
 * It must not know how a gateway keeps a login: it sees requests, the store's calls and
 * the upstream.
 */
@NullMarked
package dev.mcpbridge.fleet;

import org.jspecify.annotations.NullMarked;
