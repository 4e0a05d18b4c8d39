package dev.mcpbridge.upstream;

/**
 * What the upstream said to a token that is given back.
 */
public sealed interface RevocationAnswer {

	/** The token is worth nothing any more, if it ever was. */
	record Accepted() implements RevocationAnswer {
	}

	/** The upstream takes no tokens back, or is no longer the one that issued this. */
	record NotOffered() implements RevocationAnswer {
	}

	/**
	 * An OAuth error: the token may live on.
	 *
	 * @param code the {@code error}
	 * @param status the HTTP status
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009#section-2.2.1">RFC 7009,
	 * section 2.2.1</a>
	 */
	record Refused(String code, int status) implements RevocationAnswer {
	}

	/**
	 * No answer to rely on.
	 *
	 * @param outage what is wrong
	 */
	record Unavailable(Outage outage) implements RevocationAnswer {
	}

}
