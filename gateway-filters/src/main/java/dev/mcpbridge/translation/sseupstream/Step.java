package dev.mcpbridge.translation.sseupstream;

/**
 * What happens while a client waits for answers.
 *
 * @param kind what it is
 * @param left what is awaited after it
 * @param position where it stands in the channel
 * @param content the message, if it is one
 */
record Step(Kind kind, Awaited left, String position, String content) {

	static Step late(Awaited left) {
		return new Step(Kind.LATE, left, "", "");
	}

	/** Tells whether nothing more is awaited. */
	boolean isLast() {
		return this.kind != Kind.LATE && this.left.isOver();
	}

	/** Tells whether there is something for the client in it. */
	boolean isMessage() {
		return this.kind == Kind.ANSWER || this.kind == Kind.PROGRESS;
	}

	enum Kind {

		/** A request was answered. */
		ANSWER,

		/** A request goes on. */
		PROGRESS,

		/** The client has taken a request back; there may be no answer. */
		CANCELLED,

		/** Nothing came for a while. */
		LATE

	}

}
