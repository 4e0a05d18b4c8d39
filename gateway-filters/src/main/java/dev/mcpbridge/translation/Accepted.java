package dev.mcpbridge.translation;

import java.util.List;
import java.util.Locale;

import org.springframework.http.HttpHeaders;

/**
 * What a client takes for an answer.
 *
 * @param json whether it takes JSON
 * @param events whether it takes a stream of events
 */
public record Accepted(boolean json, boolean events) {

	/**
	 * Reads the header leniently; without one, a client takes anything.
	 */
	public static Accepted by(HttpHeaders headers) {
		List<String> values = headers.getOrEmpty(HttpHeaders.ACCEPT);
		return new Accepted(allow(values, "application/json", "application/*"),
				allow(values, "text/event-stream", "text/*"));
	}

	public boolean nothing() {
		return !this.json && !this.events;
	}

	private static boolean allow(List<String> values, String type, String family) {
		String all = String.join(",", values).toLowerCase(Locale.ROOT);
		return all.isBlank() || all.contains(type) || all.contains(family) || all.contains("*/*");
	}

}
