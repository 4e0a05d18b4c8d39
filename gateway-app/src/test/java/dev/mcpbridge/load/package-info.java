/**
 * Measures what a request and a stream cost: gateways in processes of their own, side by
 * side, under load from outside.
 * <p>
 * It must not know how a gateway does its work: it sees sockets, and what the kernel and
 * Java count.
 */
@NullMarked
package dev.mcpbridge.load;

import org.jspecify.annotations.NullMarked;
