/**
 * The far authorization server as its client sees it: where it is, how to register there,
 * where to send a person, what its token endpoint says.
 * <p>
 * It must not know who asks or what becomes of the tokens: no grant, no store, no request
 * of a client of ours.
 */
@NullMarked
package dev.mcpbridge.upstream;

import org.jspecify.annotations.NullMarked;
