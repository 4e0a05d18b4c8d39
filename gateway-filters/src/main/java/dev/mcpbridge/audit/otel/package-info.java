/**
 * Audit events as log records of OpenTelemetry.
 * <p>
 * It must not know where they are exported to.
 */
@NullMarked
package dev.mcpbridge.audit.otel;

import org.jspecify.annotations.NullMarked;
