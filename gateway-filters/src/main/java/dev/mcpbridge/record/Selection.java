package dev.mcpbridge.record;

import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

import dev.mcpbridge.secret.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded, and until when. What is {@code null} leaves nothing out.
 *
 * @param who whose traffic
 * @param route the id of the route
 * @param ratio how many of the logins there are, from above 0 to 1; requests without a
 * token are drawn one by one
 * @param until the end, or {@code null} for none
 */
public record Selection(Who who, @Nullable String route, double ratio, @Nullable Instant until) {

	/**
	 * Checks the ratio.
	 */
	public Selection {
		if (!(ratio > 0 && ratio <= 1)) {
			throw new IllegalArgumentException("ratio: %s (expected: above 0, to 1)".formatted(ratio));
		}
	}

	boolean isOver(Instant now) {
		return this.until != null && !now.isBefore(this.until);
	}

	boolean covers(Call call) {
		return (this.route == null || this.route.equals(call.route())) && this.who.covers(call);
	}

	/**
	 * Whose traffic is recorded.
	 *
	 * @param person {@code sub} of the token
	 * @param client {@code client_id} of the token, or its fingerprint as grants are
	 * listed with
	 * @param grant {@code gid} of the token
	 * @param session a session id as the client has it
	 */
	public record Who(@Nullable String person, @Nullable String client, @Nullable String grant,
			@Nullable String session) {

		/** Everybody. */
		public static final Who ANYBODY = new Who(null, null, null, null);

		/** What is blank is not said. */
		public Who {
			person = said(person);
			client = said(client);
			grant = said(grant);
			session = said(session);
		}

		boolean isAnybody() {
			return Stream.of(this.person, this.client, this.grant, this.session).allMatch(Objects::isNull);
		}

		boolean covers(Call call) {
			return isPart(this.person, call.login().person()) && isPart(this.grant, call.login().grant())
					&& isClient(call.login().client())
					&& (this.session == null || call.sessions().contains(this.session));
		}

		private boolean isClient(@Nullable String shown) {
			return isPart(this.client, shown)
					|| (this.client != null && shown != null && this.client.equals(Fingerprint.of(shown)));
		}

		private static boolean isPart(@Nullable String wanted, @Nullable String shown) {
			return wanted == null || wanted.equals(shown);
		}

		private static @Nullable String said(@Nullable String value) {
			return (value == null || value.isBlank()) ? null : value.strip();
		}

		@Override
		public String toString() {
			return isAnybody() ? "Who[anybody]" : "Who[***]";
		}

	}

}
