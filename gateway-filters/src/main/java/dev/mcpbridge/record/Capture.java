package dev.mcpbridge.record;

import java.nio.ByteBuffer;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * One exchange while it passes: copies what is to be kept of it, and hands it on.
 * <p>
 * It never waits. What does not fit is counted and left out: of a body all that follows,
 * of a stream the events it is a part of.
 */
final class Capture {

	private final TrafficQueue queue;

	private final InstantSource clock;

	private final String id;

	private final int maxBody;

	private final Intake request = new Intake();

	private final Intake answer = new Intake();

	private boolean streaming;

	private boolean answered;

	private boolean left;

	private boolean over;

	/** What the writing thread knows of it; nobody else looks. */
	private @Nullable Transcript transcript;

	Capture(TrafficQueue queue, InstantSource clock, String id, int maxBody) {
		this.queue = queue;
		this.clock = clock;
		this.id = id;
		this.maxBody = maxBody;
	}

	String id() {
		return this.id;
	}

	/**
	 * Begins with the request.
	 * @param call the request
	 * @return whether the exchange is recorded
	 */
	boolean begin(Call call) {
		return this.queue.offer(new Piece.Begun(this, this.clock.instant(), call));
	}

	synchronized void asked(DataBuffer buffer) {
		pass(this.request, buffer, true, false);
	}

	synchronized void askedAll() {
		if (!this.over) {
			this.queue.offer(new Piece.Asked(this, this.clock.instant(), this.request.missed));
		}
	}

	/** Tells what the bytes of the answer will be. */
	synchronized void answering(boolean stream) {
		this.streaming = stream;
	}

	/** Tells the head of the answer, by headers nobody changes any more. */
	synchronized void answered(@Nullable HttpStatusCode status, HttpHeaders headers) {
		if (this.over || this.answered) {
			return;
		}
		this.answered = true;
		this.queue.offer(new Piece.Answered(this, this.clock.instant(), (status != null) ? status.value() : 200,
				headers, this.streaming));
	}

	synchronized void answer(DataBuffer buffer) {
		pass(this.answer, buffer, false, this.streaming);
	}

	/** Nobody wants the rest of the answer. */
	synchronized void left() {
		this.left = true;
	}

	synchronized void ended(Piece.End end) {
		if (!this.over) {
			this.over = true;
			Piece.End how = (this.left && end == Piece.End.COMPLETE) ? Piece.End.CLIENT_LEFT : end;
			this.queue.offer(new Piece.Ended(this, this.clock.instant(), how, this.answer.missed));
		}
	}

	private void pass(Intake intake, DataBuffer buffer, boolean ofRequest, boolean stream) {
		int length = buffer.readableByteCount();
		if (this.over || length == 0) {
			return;
		}
		int room = stream ? length : (intake.missed > 0) ? 0 : Math.min(length, this.maxBody - intake.kept);
		if (room == 0) {
			intake.missed += length;
			return;
		}
		byte[] content = new byte[room];
		buffer.toByteBuffer(buffer.readPosition(), ByteBuffer.wrap(content), 0, room);
		boolean fits = this.queue.offer(new Piece.Bytes(this, this.clock.instant(), ofRequest, content, intake.missed));
		if (!fits) {
			intake.missed += length;
			return;
		}
		intake.kept += stream ? 0 : room;
		intake.missed = length - room;
	}

	@Nullable Transcript transcript() {
		return this.transcript;
	}

	void transcribe(@Nullable Transcript transcript) {
		this.transcript = transcript;
	}

	/** How far one direction is. */
	private static final class Intake {

		private int kept;

		/** How many bytes passed since the last that were kept. */
		private long missed;

	}

}
