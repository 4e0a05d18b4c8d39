/**
 * The demo: the gateway and a simulated Atlassian, with no account and no network.
 * <p>
 * It must not be needed by any test.
 */
@NullMarked
package dev.mcpbridge.demo;

import org.jspecify.annotations.NullMarked;
