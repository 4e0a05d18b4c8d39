package dev.mcpbridge.translation.sseclients;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every replica has to know about a client's session at a streamable upstream.
 *
 * @param id the upstream's session id, or {@code null} as long as it has given none
 * @param version the protocol version both have agreed on, or {@code null} until then
 */
record StreamableSession(@Nullable String id, @Nullable String version) {

	/** Nothing was agreed on yet. */
	static final StreamableSession NONE = new StreamableSession(null, null);

	private static final JsonMapper JSON = JsonMapper.shared();

	static StreamableSession parse(String note) {
		return JSON.readValue(note, StreamableSession.class);
	}

	String note() {
		return JSON.writeValueAsString(this);
	}

	/** Tells whether nothing has begun. */
	boolean isNone() {
		return equals(NONE);
	}

	StreamableSession agreedOn(String version) {
		return new StreamableSession(this.id, version);
	}

	@Override
	public String toString() {
		return "StreamableSession[***]";
	}

}
