/**
 * The life of a login, step by step: sign in, call, refresh, wait, call again, give back.
 * <p>
 * It must not know what is expected of any step.
 */
@NullMarked
package dev.mcpbridge.app.probe.lifecycle;

import org.jspecify.annotations.NullMarked;
