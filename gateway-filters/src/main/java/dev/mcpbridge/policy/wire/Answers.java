package dev.mcpbridge.policy.wire;

import java.util.List;
import java.util.Locale;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * What the headers of an answer say about its body.
 */
final class Answers {

	private Answers() {
	}

	static boolean isStream(HttpHeaders headers) {
		return headers.getOrDefault(HttpHeaders.CONTENT_TYPE, List.of())
			.stream()
			.anyMatch((type) -> type.toLowerCase(Locale.ROOT).contains(MediaType.TEXT_EVENT_STREAM_VALUE));
	}

	static boolean isEncoded(HttpHeaders headers) {
		String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
		return encoding != null && !encoding.isBlank() && !"identity".equalsIgnoreCase(encoding);
	}

}
