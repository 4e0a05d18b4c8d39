package dev.mcpbridge.translation;

import java.io.IOException;

/**
 * The upstream sent an event larger than is kept.
 */
public final class EventTooLargeException extends IOException {

	private static final long serialVersionUID = 1L;

	EventTooLargeException(int limit) {
		super("event larger than " + limit + " bytes");
	}

}
