package dev.mcpbridge.grant;

import java.text.ParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.nimbusds.jwt.JWTParser;
import dev.mcpbridge.secret.Fingerprint;
import dev.mcpbridge.secret.Secret;

/**
 * Names a person without telling who they are.
 * <p>
 * Atlassian's opaque tokens begin with the person's id and its newer ones are JWTs with a
 * {@code sub}; the pseudonym is a hash of that, so it is the same for every login of one
 * person. For other upstreams each grant is a person of its own.
 */
public final class Pseudonym {

	private static final Pattern OPAQUE = Pattern.compile("([^:.]+):[^:.]+:[^:.]+");

	private Pseudonym() {
	}

	/**
	 * Derives a pseudonym.
	 * @param issuer the upstream the token comes from
	 * @param accessToken the upstream token
	 * @param otherwise what to hash when the token names nobody
	 * @return 22 URL-safe characters
	 */
	public static String of(String issuer, Secret accessToken, String otherwise) {
		String token = accessToken.reveal();
		return Fingerprint.of(issuer, person(token).orElse(otherwise));
	}

	private static Optional<String> person(String token) {
		Matcher opaque = OPAQUE.matcher(token);
		if (opaque.matches()) {
			return Optional.of(opaque.group(1));
		}
		try {
			return Optional.ofNullable(JWTParser.parse(token).getJWTClaimsSet()).map((claims) -> claims.getSubject());
		}
		catch (ParseException | RuntimeException ex) {
			return Optional.empty();
		}
	}

}
