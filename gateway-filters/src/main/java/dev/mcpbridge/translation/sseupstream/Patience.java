package dev.mcpbridge.translation.sseupstream;

import java.time.Duration;

/**
 * How long a route waits.
 *
 * @param opening for the upstream to open its stream and name its message endpoint
 * @param answer for a request to be answered, before a stream of events is begun instead
 */
record Patience(Duration opening, Duration answer) {

}
