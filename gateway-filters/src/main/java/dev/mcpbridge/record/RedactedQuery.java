package dev.mcpbridge.record;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * URLs and forms without what must not be known. What need not be changed is as it was.
 *
 * @param redactor what a secret is
 */
record RedactedQuery(Redactor redactor) {

	/** How often a value may be encoded that is looked into. */
	private static final int DEPTH = 3;

	/**
	 * Returns a URL, or its path and query.
	 * @param url as it was sent
	 * @return the same without secrets
	 */
	String url(String url) {
		int query = url.indexOf('?');
		return (query < 0) ? value(url, 0) : value(url.substring(0, query), 0) + "?" + form(url.substring(query + 1));
	}

	/**
	 * Returns a query, or a form.
	 * @param form names and values
	 * @return the same without secrets
	 */
	String form(String form) {
		return form(form, 0);
	}

	private String form(String form, int depth) {
		return Stream.of(form.split("&", -1)).map((pair) -> pair(pair, depth)).collect(Collectors.joining("&"));
	}

	private String pair(String pair, int depth) {
		int equals = pair.indexOf('=');
		if (equals < 0) {
			return value(pair, depth);
		}
		String name = Redactor.decoded(pair.substring(0, equals));
		String value = pair.substring(equals + 1);
		boolean secret = Stream.of(SecretShapes.NAMES, SecretShapes.OAUTH_NAMES, SecretShapes.ACCOUNTS)
			.anyMatch((names) -> names.matcher(name).matches());
		return value(pair.substring(0, equals), depth) + "="
				+ (secret ? this.redactor.secret(value) : value(value, depth));
	}

	/** A value may be a URL again, encoded. */
	private String value(String value, int depth) {
		String redacted = this.redactor.text(value);
		String decoded = Redactor.decoded(redacted);
		if (decoded.equals(redacted) || depth == DEPTH) {
			return redacted;
		}
		int query = decoded.indexOf('?');
		String inside = (query < 0) ? this.value(decoded, depth + 1)
				: this.value(decoded.substring(0, query), depth + 1) + "?"
						+ form(decoded.substring(query + 1), depth + 1);
		return inside.equals(decoded) ? redacted : inside;
	}

}
