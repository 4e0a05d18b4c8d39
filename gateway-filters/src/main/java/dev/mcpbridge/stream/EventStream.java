package dev.mcpbridge.stream;

import java.util.List;
import java.util.Locale;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * The media type of server-sent events, found in headers that may be malformed.
 */
final class EventStream {

	private EventStream() {
	}

	/**
	 * Tells whether a header names the media type, whatever else it says.
	 * @param headers the headers
	 * @param name the header's name
	 * @return whether it is named
	 */
	static boolean isNamedIn(HttpHeaders headers, String name) {
		return headers.getOrDefault(name, List.of())
			.stream()
			.anyMatch((value) -> value.toLowerCase(Locale.ROOT).contains(MediaType.TEXT_EVENT_STREAM_VALUE));
	}

}
