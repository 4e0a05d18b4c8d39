package dev.mcpbridge.record;

import java.time.Instant;

import org.springframework.http.HttpHeaders;

/**
 * A part of what passed, on its way to the thread that writes.
 */
sealed interface Piece {

	/** What a piece without bytes takes, about. */
	int SMALL = 128;

	/** What it is a part of. */
	Capture of();

	/** When it passed. */
	Instant time();

	/** How much memory it takes, about. */
	int weight();

	/** Tells the exchange it is of. */
	void onto(Transcript transcript);

	/** A request came. */
	record Begun(Capture of, Instant time, Call call) implements Piece {

		@Override
		public int weight() {
			return SMALL + this.call.weight();
		}

		@Override
		public void onto(Transcript transcript) {
			// the exchange begins with it
		}

	}

	/**
	 * Bytes passed.
	 *
	 * @param of what they are a part of
	 * @param time when
	 * @param request whether they are of the request
	 * @param content the bytes, a copy
	 * @param missed how many were not kept since the piece before
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Bytes(Capture of, Instant time, boolean request, byte[] content, long missed) implements Piece {

		@Override
		public int weight() {
			return SMALL + this.content.length;
		}

		@Override
		public void onto(Transcript transcript) {
			transcript.passed(this);
		}

	}

	/**
	 * The body of the request is over.
	 *
	 * @param of what it is a part of
	 * @param time when
	 * @param missed how many bytes of it were not kept
	 */
	record Asked(Capture of, Instant time, long missed) implements Piece {

		@Override
		public int weight() {
			return SMALL;
		}

		@Override
		public void onto(Transcript transcript) {
			transcript.asked(this);
		}

	}

	/**
	 * The answer began.
	 *
	 * @param of what it is a part of
	 * @param time when
	 * @param status its status
	 * @param headers a copy of its headers
	 * @param stream whether it is a stream of events
	 */
	record Answered(Capture of, Instant time, int status, HttpHeaders headers, boolean stream) implements Piece {

		@Override
		public int weight() {
			return SMALL * (1 + this.headers.size());
		}

		@Override
		public void onto(Transcript transcript) {
			transcript.answered(this);
		}

	}

	/**
	 * Nothing more will come.
	 *
	 * @param of what it is a part of
	 * @param time when
	 * @param end how it ended
	 * @param missed how many bytes of the answer were not kept
	 */
	record Ended(Capture of, Instant time, End end, long missed) implements Piece {

		@Override
		public int weight() {
			return 0;
		}

		@Override
		public void onto(Transcript transcript) {
			transcript.ended(this);
		}

	}

	/** How an exchange ends. */
	enum End {

		/** In order. */
		COMPLETE,

		/** The client left. */
		CLIENT_LEFT,

		/** It broke off, or failed before there was an answer. */
		FAILED

	}

}
