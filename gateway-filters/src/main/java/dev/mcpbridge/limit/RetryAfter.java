package dev.mcpbridge.limit;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

import reactor.core.scheduler.Scheduler;

import org.springframework.http.HttpHeaders;

/**
 * When the upstream wants to hear of somebody again.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110, section
 * 10.2.3</a>
 */
final class RetryAfter {

	/** What it means when nothing is said, or nothing that can be read. */
	private static final Duration UNSAID = Duration.ofSeconds(1);

	private static final Duration LONGEST = Duration.ofDays(1);

	private RetryAfter() {
	}

	/**
	 * Reads the header.
	 * @param headers the headers of an answer
	 * @param time tells what time it is
	 * @return how long to wait: seconds or a date in the header, at least a second and at
	 * most a day
	 */
	static Duration of(HttpHeaders headers, Scheduler time) {
		String text = headers.getFirst(HttpHeaders.RETRY_AFTER);
		Duration said = (text != null) ? read(text.strip(), time) : UNSAID;
		if (said.compareTo(UNSAID) < 0) {
			return UNSAID;
		}
		return (said.compareTo(LONGEST) < 0) ? said : LONGEST;
	}

	private static Duration read(String text, Scheduler time) {
		if (text.matches("\\d{1,9}")) {
			return Duration.ofSeconds(Long.parseLong(text));
		}
		try {
			Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
			return Duration.between(Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)), date);
		}
		catch (DateTimeException ex) {
			return UNSAID;
		}
	}

}
