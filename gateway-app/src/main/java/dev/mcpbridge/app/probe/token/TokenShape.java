package dev.mcpbridge.app.probe.token;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.nimbusds.jwt.SignedJWT;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What a token looks like, without any of its characters.
 *
 * @param text the shape in words
 */
public record TokenShape(String text) {

	/**
	 * Looks at a token.
	 * @param token the token, or {@code null} if there is none
	 * @return its shape
	 */
	public static TokenShape of(@Nullable Secret token) {
		if (token == null) {
			return new TokenShape("none");
		}
		String text = token.reveal();
		List<String> parts = List.of(text.split(":", -1));
		if (parts.size() > 1) {
			return new TokenShape("opaque, parts of "
					+ parts.stream().map((part) -> String.valueOf(part.length())).collect(Collectors.joining(":")));
		}
		return new TokenShape(jose(text));
	}

	/**
	 * Says which parts two tokens have in common: the seed of the bridge saw that those
	 * of a person and a grant stay.
	 * @param one a token
	 * @param other another
	 * @return the numbers of the parts, {@code none}, or {@code null} if the tokens have
	 * no parts to compare
	 */
	public static @Nullable String partsKept(Secret one, Secret other) {
		String[] left = one.reveal().split(":", -1);
		String[] right = other.reveal().split(":", -1);
		if (left.length == 1 || left.length != right.length) {
			return null;
		}
		List<String> kept = new ArrayList<>();
		for (int index = 0; index < left.length; index++) {
			if (left[index].equals(right[index])) {
				kept.add(String.valueOf(index + 1));
			}
		}
		return kept.isEmpty() ? "none" : String.join(" and ", kept);
	}

	private static String jose(String text) {
		long parts = Stream.of(text.split("\\.", -1)).count();
		if (parts == 5) {
			return "JWE";
		}
		try {
			SignedJWT jwt = SignedJWT.parse(text);
			return "JWT %s with %s".formatted(jwt.getHeader().getAlgorithm(),
					String.join(", ", new TreeSet<>(jwt.getJWTClaimsSet().getClaims().keySet())));
		}
		catch (ParseException ex) {
			return "opaque, %d characters".formatted(text.length());
		}
	}

	@Override
	public String toString() {
		return this.text;
	}

}
