/**
 * Words of OAuth on the wire: errors, challenges, redirect URIs, the URLs we are known
 * by.
 * <p>
 * It must not know HTTP servers, stores, tokens or who asks.
 */
@NullMarked
package dev.mcpbridge.oauth;

import org.jspecify.annotations.NullMarked;
