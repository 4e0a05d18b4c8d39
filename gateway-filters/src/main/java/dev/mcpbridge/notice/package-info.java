/**
 * What the upstream writes into the results of tools although it is meant for people:
 * taken out, and told elsewhere.
 * <p>
 * It must not know what a tool does.
 */
@NullMarked
package dev.mcpbridge.notice;

import org.jspecify.annotations.NullMarked;
