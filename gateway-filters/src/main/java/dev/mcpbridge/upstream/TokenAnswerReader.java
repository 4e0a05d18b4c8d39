package dev.mcpbridge.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a token endpoint answered.
 * <p>
 * Lenient where it costs nothing: tokens that were rotated and not understood are a lost
 * login, so only the access token has to be there.
 */
final class TokenAnswerReader {

	/** Anything else could not be sent as a bearer token. */
	private static final Pattern BEARER = Pattern.compile("[\\x21-\\x7e]+");

	private static final long LONGEST_LIFE = Duration.ofDays(3650).toSeconds();

	private final Duration tokenLifetime;

	TokenAnswerReader(Duration tokenLifetime) {
		this.tokenLifetime = tokenLifetime;
	}

	TokenAnswer read(HttpAnswer answer, Instant asked, Instant now) {
		Outage outage = answer.outage();
		if (outage != null) {
			return new TokenAnswer.Unavailable(outage, answer.retryIn(now));
		}
		UpstreamTokens tokens = answer.isSuccess() ? tokens(answer.json(), asked) : null;
		return (tokens != null) ? new TokenAnswer.Issued(tokens) : refusal(answer, now);
	}

	/** Some servers answer 200 with an error. */
	private static TokenAnswer refusal(HttpAnswer answer, Instant now) {
		HttpAnswer.OAuthError error = answer.error();
		if (error == null) {
			return new TokenAnswer.Unavailable(Outage.UNREADABLE, answer.retryIn(now));
		}
		if (error.isServerError()) {
			return new TokenAnswer.Unavailable(Outage.SERVER_ERROR, answer.retryIn(now));
		}
		return new TokenAnswer.Refused(error.code(), error.description(), error.status());
	}

	private @Nullable UpstreamTokens tokens(@Nullable JsonDocument document, Instant asked) {
		String accessToken = (document != null) ? document.text("access_token") : null;
		if (document == null || accessToken == null || !BEARER.matcher(accessToken).matches()) {
			return null;
		}
		String tokenType = document.text("token_type");
		if (tokenType != null && !tokenType.equalsIgnoreCase("bearer")) {
			return null;
		}
		Long lifetime = document.number("expires_in");
		Instant end = asked.plus((lifetime != null) ? Duration.ofSeconds(Math.max(0, Math.min(lifetime, LONGEST_LIFE)))
				: this.tokenLifetime);
		return new UpstreamTokens(Secret.of(accessToken), secret(document.text("refresh_token")), asked, end,
				scope(document.text("scope")), (tokenType != null) ? tokenType : "Bearer");
	}

	private static @Nullable Secret secret(@Nullable String text) {
		return (text != null) ? Secret.of(text) : null;
	}

	private static Set<String> scope(@Nullable String scope) {
		return (scope != null) ? new LinkedHashSet<>(List.of(scope.trim().split(" +"))) : Set.of();
	}

}
