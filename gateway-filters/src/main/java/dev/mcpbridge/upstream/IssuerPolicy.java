package dev.mcpbridge.upstream;

import java.util.Set;

/**
 * Decides whether the issuer a metadata document names is the one it was asked from.
 * <p>
 * Atlassian's documents name another one, on every surface, so the standard's rule alone
 * would refuse them all.
 *
 * @param validation how strict to be
 * @param pinned the issuers {@link Validation#PINNED} accepts besides the expected one
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-3.3">RFC 8414, section
 * 3.3</a>
 */
public record IssuerPolicy(Validation validation, Set<String> pinned) {

	public IssuerPolicy {
		pinned = Set.copyOf(pinned);
	}

	boolean accepts(String expected, String named) {
		return switch (this.validation) {
			case STRICT -> named.equals(expected);
			case PINNED -> named.equals(expected) || this.pinned.contains(named);
			case OFF -> true;
		};
	}

	/** How strictly a named issuer is compared. */
	public enum Validation {

		/** Only the issuer the metadata was asked from, character by character. */
		STRICT,

		/** As {@link #STRICT}, or one of the pinned issuers. */
		PINNED,

		/** Any issuer. */
		OFF

	}

}
