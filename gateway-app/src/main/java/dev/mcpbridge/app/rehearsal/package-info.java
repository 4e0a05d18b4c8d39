/**
 * Serves pretended traffic once, so that what a training run of Java keeps is what
 * serving needs. It must not know how the gateway works inside: it is a client in front
 * of it, and a service behind it.
 */
@NullMarked
package dev.mcpbridge.app.rehearsal;

import org.jspecify.annotations.NullMarked;
