package dev.mcpbridge.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Set;

import io.netty.handler.codec.DateFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What came back: never printed, for its body may hold tokens.
 *
 * @param status the HTTP status
 * @param contentType the media type, empty if the answer names none
 * @param retryAfter the {@code Retry-After} header, or {@code null} if there is none
 * @param body the whole body
 */
record HttpAnswer(int status, String contentType, @Nullable String retryAfter, String body) {

	private static final long LONGEST_WAIT = Duration.ofDays(1).toSeconds();

	/** "Wednesday, 09-Nov-94 08:49:37 GMT", in the longest of the three forms. */
	private static final int LONGEST_DATE = 33;

	private static final int LONGEST_TEXT = 500;

	/** OAuth errors that speak of the server and not of the request. */
	private static final Set<String> SERVER_ERRORS = Set.of("server_error", "temporarily_unavailable", "slow_down");

	boolean isSuccess() {
		return this.status >= 200 && this.status < 300;
	}

	/** Whether a human page stands where a document was expected. */
	boolean isPage() {
		return this.contentType.toLowerCase(Locale.ROOT).contains("html") || this.body.stripLeading().startsWith("<");
	}

	boolean claimsJson() {
		return this.contentType.toLowerCase(Locale.ROOT).contains("json");
	}

	@Nullable JsonDocument json() {
		return JsonDocument.parse(this.body);
	}

	/**
	 * Returns the outage this answer is by its status, or {@code null} if its body has
	 * the word.
	 */
	@Nullable Outage outage() {
		if (this.status == 429) {
			return Outage.THROTTLED;
		}
		if (this.status >= 500 || this.status == 408) {
			return Outage.SERVER_ERROR;
		}
		return (this.status >= 300 && this.status < 400) ? Outage.UNREADABLE : null;
	}

	/**
	 * Returns the OAuth error in the body, or {@code null} if there is none.
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749, section
	 * 5.2</a>
	 */
	@Nullable OAuthError error() {
		JsonDocument document = json();
		String code = (document != null) ? document.text("error") : null;
		if (document == null || code == null || !code.matches("[\\w.:/-]{1,64}")) {
			return null;
		}
		String description = document.text("error_description");
		return new OAuthError(code, (description != null) ? printable(description) : null, this.status);
	}

	/**
	 * Returns how long to wait, at most a day.
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110,
	 * section 10.2.3</a>
	 */
	@Nullable Duration retryIn(Instant now) {
		if (this.retryAfter == null) {
			return null;
		}
		String value = this.retryAfter.trim();
		if (value.matches("\\d{1,9}")) {
			return bounded(Long.parseLong(value));
		}
		Date date = (value.length() <= LONGEST_DATE) ? DateFormatter.parseHttpDate(value) : null;
		return (date != null) ? bounded(Duration.between(now, date.toInstant()).toSeconds()) : null;
	}

	@Override
	public String toString() {
		return "HttpAnswer[status=" + this.status + "]";
	}

	private static Duration bounded(long seconds) {
		return Duration.ofSeconds(Math.max(0, Math.min(seconds, LONGEST_WAIT)));
	}

	/** Foreign text, so that it can neither break a log line nor fill it. */
	static String printable(String foreign) {
		String text = foreign.replaceAll("[^\\x20-\\x7e]", "?");
		return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
	}

	/**
	 * An error as RFC 6749 spells it.
	 *
	 * @param code the {@code error}
	 * @param description the {@code error_description}, printable and bounded
	 * @param status the HTTP status it came with
	 */
	record OAuthError(String code, @Nullable String description, int status) {

		boolean isServerError() {
			return SERVER_ERRORS.contains(this.code);
		}

		boolean speaksOf(String word) {
			return (this.code + " " + this.description).contains(word);
		}

	}

}
