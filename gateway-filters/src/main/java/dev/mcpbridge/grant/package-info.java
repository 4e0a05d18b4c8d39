/**
 * What a person allowed one client, and the upstream tokens behind it.
 * <p>
 * It must not know how tokens are refreshed, or what we hand out for them.
 */
@NullMarked
package dev.mcpbridge.grant;

import org.jspecify.annotations.NullMarked;
