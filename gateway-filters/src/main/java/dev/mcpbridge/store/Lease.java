package dev.mcpbridge.store;

/**
 * The right to act alone on a key for a while.
 *
 * @param key the key
 * @param fence grows with each lease of the key, so that a later holder can be told from
 * an earlier one that woke up late
 */
public record Lease(String key, long fence) {

}
