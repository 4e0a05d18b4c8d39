/**
 * The ready gateway: a main class, routes, and a page for people.
 * <p>
 * It must not hold anything another gateway would need; that belongs to the filters.
 */
@NullMarked
package dev.mcpbridge.app;

import org.jspecify.annotations.NullMarked;
