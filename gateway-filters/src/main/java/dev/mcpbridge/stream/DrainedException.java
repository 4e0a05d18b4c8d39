package dev.mcpbridge.stream;

import java.io.IOException;

/**
 * The gateway stops, and broke a stream off in the middle of an event.
 */
final class DrainedException extends IOException {

	private static final long serialVersionUID = 1L;

	DrainedException() {
		super("the gateway stops");
	}

}
