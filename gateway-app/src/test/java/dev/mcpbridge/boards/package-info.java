/**
 * What operators look at: dashboards and alerts, compared with their sources, with the
 * documentation, and with a real Prometheus that scrapes gateways at work.
 * <p>
 * Must not know how a gateway makes its numbers.
 */
@NullMarked
package dev.mcpbridge.boards;

import org.jspecify.annotations.NullMarked;
