/**
 * The probe, as a command: its options, what it prints, what it writes.
 * <p>
 * It must not know how an experiment is done.
 */
@NullMarked
package dev.mcpbridge.app.probe;

import org.jspecify.annotations.NullMarked;
