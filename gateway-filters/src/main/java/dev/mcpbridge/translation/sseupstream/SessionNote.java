package dev.mcpbridge.translation.sseupstream;

import tools.jackson.databind.json.JsonMapper;

/**
 * What every replica has to know about a session at an upstream of HTTP+SSE.
 *
 * @param upstream the URI of the route it belongs to
 * @param target the upstream's message endpoint, path and query; empty while its stream
 * is opened again
 * @param begin the place in the channel before its first message
 * @param version the protocol version that was negotiated, empty before that
 * @param heard whether a stream has listened at it before
 */
record SessionNote(String upstream, String target, String begin, String version, boolean heard) {

	private static final JsonMapper JSON = JsonMapper.shared();

	static SessionNote parse(String text) {
		return JSON.readValue(text, SessionNote.class);
	}

	/** Tells whether the upstream takes messages now. */
	boolean hasTarget() {
		return !this.target.isEmpty();
	}

	SessionNote at(String other) {
		return new SessionNote(this.upstream, other, this.begin, this.version, this.heard);
	}

	SessionNote begunAt(String position) {
		return new SessionNote(this.upstream, this.target, position, this.version, this.heard);
	}

	SessionNote speaking(String negotiated) {
		return new SessionNote(this.upstream, this.target, this.begin, negotiated, this.heard);
	}

	SessionNote nowHeard() {
		return new SessionNote(this.upstream, this.target, this.begin, this.version, true);
	}

	String text() {
		return JSON.writeValueAsString(this);
	}

	@Override
	public String toString() {
		return "SessionNote[***]";
	}

}
