package dev.mcpbridge.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import io.netty.handler.codec.DateFormatter;

/**
 * How far another clock is from ours.
 */
public final class ClockSkew {

	private static final Duration WARNING = Duration.ofSeconds(5);

	private static final Duration FAILURE = Duration.ofSeconds(30);

	private ClockSkew() {
	}

	/**
	 * Compares a clock with ours, taking half of the way to it as the moment it was
	 * asked.
	 * @param check whose clock
	 * @param theirs what it showed
	 * @param asked when it was asked, by ours
	 * @param answered when its answer was here, by ours
	 * @return more than 5 s are a warning, more than 30 s a failure
	 */
	public static Finding judge(CheckId check, Instant theirs, Instant asked, Instant answered) {
		Instant ours = asked.plus(Duration.between(asked, answered).dividedBy(2));
		Duration skew = Duration.between(ours, theirs);
		String seen = "their clock is %.1f s %s ours".formatted(skew.abs().toMillis() / 1000.0,
				skew.isNegative() ? "behind" : "ahead of");
		if (skew.abs().compareTo(FAILURE) > 0) {
			return Finding.failure(check, seen);
		}
		return (skew.abs().compareTo(WARNING) > 0) ? Finding.warning(check, seen) : Finding.ok(check, seen);
	}

	/** By the {@code Date} header, which counts whole seconds. */
	static Finding judge(CheckId check, Requests.Heard heard) {
		String header = heard.headers().get("date", "");
		Date date = (header.length() < 40 && !header.isEmpty()) ? DateFormatter.parseHttpDate(header) : null;
		return (date != null) ? judge(check, date.toInstant().plusMillis(500), heard.asked(), heard.answered())
				: Finding.skipped(check, "the answer has no Date header");
	}

}
