/**
 * The doctor, as a command: a gateway that is made and not started, and what is printed
 * of it.
 * <p>
 * It must not know what is looked at.
 */
@NullMarked
package dev.mcpbridge.app.doctor;

import org.jspecify.annotations.NullMarked;
