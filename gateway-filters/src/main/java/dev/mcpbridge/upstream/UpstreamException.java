package dev.mcpbridge.upstream;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Says why discovery or registration has no result. No message quotes an answer or a
 * secret.
 */
public abstract sealed class UpstreamException extends RuntimeException {

	private UpstreamException(String message, @Nullable Throwable cause) {
		super(HttpAnswer.printable(message), cause);
	}

	/** The upstream is down, slow or talks nonsense: worth another try later. */
	public static final class Unavailable extends UpstreamException {

		private final Outage outage;

		private final @Nullable Duration retryAfter;

		Unavailable(Outage outage, @Nullable Duration retryAfter, String message, @Nullable Throwable cause) {
			super(message, cause);
			this.outage = outage;
			this.retryAfter = retryAfter;
		}

		/**
		 * Returns what is wrong.
		 * @return the kind of outage
		 */
		public Outage outage() {
			return this.outage;
		}

		/**
		 * Returns how long the upstream asks us to wait.
		 * @return the wait, or {@code null} if it does not say
		 */
		public @Nullable Duration retryAfter() {
			return this.retryAfter;
		}

	}

	/** The upstream answered with an OAuth error. */
	public static final class Refused extends UpstreamException {

		private final HttpAnswer.OAuthError error;

		Refused(HttpAnswer.OAuthError error, String message) {
			super(message, null);
			this.error = error;
		}

		/**
		 * Returns the {@code error} of the answer.
		 * @return the error code
		 */
		public String code() {
			return this.error.code();
		}

		/**
		 * Returns the {@code error_description} of the answer: foreign text, not for
		 * logs.
		 * @return the description, or {@code null} if there is none
		 */
		public @Nullable String description() {
			return this.error.description();
		}

		/**
		 * Returns the HTTP status of the answer.
		 * @return the status
		 */
		public int status() {
			return this.error.status();
		}

	}

	/** What the upstream publishes, or what we were told about it, cannot be trusted. */
	public static final class Misconfigured extends UpstreamException {

		Misconfigured(String message) {
			super(message, null);
		}

	}

}
