package dev.mcpbridge.record;

import org.jspecify.annotations.Nullable;

/**
 * One event of a stream.
 *
 * @param name what it is called
 * @param data its data
 * @param id its id, or {@code null} without one
 * @param truncated whether there was more of it
 */
record SseEvent(String name, String data, @Nullable String id, boolean truncated) {
}
