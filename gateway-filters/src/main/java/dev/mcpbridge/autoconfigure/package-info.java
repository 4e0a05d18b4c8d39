/**
 * Puts the rooms together for Spring Boot, from {@code mcp.bridge.*}.
 * <p>
 * It is the only room that knows Boot's auto-configuration, and it must not do anything
 * but wire: a rule found here belongs elsewhere.
 */
@NullMarked
package dev.mcpbridge.autoconfigure;

import org.jspecify.annotations.NullMarked;
