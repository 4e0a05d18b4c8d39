package dev.mcpbridge.translation;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What one event of a stream says.
 *
 * @param name its name, {@value #MESSAGE} if it has none
 * @param data its lines, joined by line feeds; empty if it has none
 * @param id the id to resume after it, or {@code null} if it sets none
 * @param retry how long to wait before the stream is opened again, or {@code null} if it
 * says nothing
 */
public record Event(String name, String data, @Nullable String id, @Nullable Duration retry) {

	/** The name of events that carry a message of the protocol. */
	static final String MESSAGE = "message";

	/** Tells whether it may carry a message; one without data only says where it is. */
	public boolean isMessage() {
		return this.name.equals(MESSAGE) && !this.data.isBlank();
	}

	@Override
	public String toString() {
		return "Event[%s, %d characters]".formatted(this.name, this.data.length());
	}

}
