/**
 * Looks at a gateway and all it stands between, and says what is wrong and what to do
 * about it.
 * <p>
 * It must not change anything, and must not know a grant, a token or a person.
 */
@NullMarked
package dev.mcpbridge.doctor;

import org.jspecify.annotations.NullMarked;
