package dev.mcpbridge.record;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Makes of any text one that may be written down.
 * <p>
 * It remembers the secrets it has seen, so it is for one thread.
 */
final class Redactor {

	/** What JSON may write in place of a character, which shapes would not see. */
	private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u00([2-7][0-9A-Fa-f])|(/))");

	private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");

	private final Pseudonyms pseudonyms;

	private final SecretShapes shapes;

	private final KnownSecrets known = new KnownSecrets();

	Redactor(Pseudonyms pseudonyms, boolean emails) {
		this.pseudonyms = pseudonyms;
		this.shapes = new SecretShapes(emails);
	}

	/**
	 * Returns what stands for a secret, and knows it from now on.
	 * @param value the secret, percent-encoded or not
	 * @return its pseudonym; an empty text is none
	 */
	String secret(String value) {
		String plain = decoded(value);
		if (plain.isEmpty() || Pseudonyms.PATTERN.matcher(plain).matches()) {
			return plain;
		}
		String pseudonym = this.pseudonyms.of(plain);
		this.known.learn(plain, pseudonym);
		if (!plain.equals(value)) {
			this.known.learn(value, pseudonym);
		}
		return pseudonym;
	}

	/**
	 * Returns what stands for something that is not for everybody, and may well be a word
	 * elsewhere.
	 */
	String personal(String value) {
		return value.isEmpty() ? value : this.pseudonyms.of(decoded(value));
	}

	/** Returns a text without what looks like a secret, and without those seen before. */
	String text(String text) {
		UnaryOperator<String> secret = this::secret;
		// shapes first: a part that is known would leave the rest without its shape
		return this.known.replaceIn(this.shapes.replaceIn(text, secret, this::personal));
	}

	/** Returns a text that may be JSON that cannot be parsed, such as the half of it. */
	String unparsed(String text) {
		return text(ESCAPE.matcher(text).replaceAll((match) -> Matcher.quoteReplacement(character(match.group(1)))));
	}

	private static String character(@Nullable String hex) {
		return (hex != null) ? Character.toString(Integer.parseInt(hex, 16)) : "/";
	}

	/** Returns a text without percent-encoding, if it has any that can be read. */
	static String decoded(String text) {
		if (!ENCODED.matcher(text).find()) {
			return text;
		}
		try {
			return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
	}

}
