/**
 * Who called which tool, and what became of it: one event for each call, written beside
 * the traffic and never in its way.
 * <p>
 * It must not know how a call is judged or sent, and holds no value of an argument that
 * nobody asked for.
 */
@NullMarked
package dev.mcpbridge.audit;

import org.jspecify.annotations.NullMarked;
