/**
 * What may cross between a client and the upstream: headers by list, and CORS, which is
 * ours alone.
 * <p>
 * It must not know tokens, bodies or what a message says.
 */
@NullMarked
package dev.mcpbridge.headers;

import org.jspecify.annotations.NullMarked;
