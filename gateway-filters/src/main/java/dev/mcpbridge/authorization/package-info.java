/**
 * The front desk: metadata, registration, consent, and what gives tokens, takes them back
 * and says what they are worth, of the authorization server MCP clients see.
 * <p>
 * It must not know routes or filters; what it hands out is judged elsewhere.
 */
@NullMarked
package dev.mcpbridge.authorization;

import org.jspecify.annotations.NullMarked;
