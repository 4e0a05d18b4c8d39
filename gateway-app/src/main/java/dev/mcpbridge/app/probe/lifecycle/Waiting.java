package dev.mcpbridge.app.probe.lifecycle;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Whether the end of a token is awaited.
 *
 * @param wanted whether it is
 * @param lifetime how long after its issue the token is taken for ended, or {@code null}
 * for what the token endpoint said
 */
public record Waiting(boolean wanted, @Nullable Duration lifetime) {

	/**
	 * Clocks differ: the captured experiment came 16 s late, and found the token dead.
	 */
	static final Duration MARGIN = Duration.ofSeconds(15);

}
