package dev.mcpbridge.observe;

/**
 * What a stored value is for, as far as a tag says it.
 */
enum StoredKind {

	/** A grant. */
	GRANT,

	/** The newest of the refresh tokens of a grant. */
	FAMILY,

	/** A grant that waits for its code. */
	CODE,

	/** A client of ours whose key was dropped. */
	CLIENT,

	/** A client of ours at the upstream. */
	UPSTREAM_CLIENT,

	/** Anything else. */
	OTHER;

	static StoredKind of(String kind) {
		return MeterPerWord.word(kind.replace('-', '_'), OTHER);
	}

}
