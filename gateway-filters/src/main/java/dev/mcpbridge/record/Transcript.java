package dev.mcpbridge.record;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;

/**
 * One exchange as it is being written: a line for the request, one for the answer, one
 * for each event of a stream and one for its end.
 * <p>
 * For one thread.
 */
final class Transcript {

	private final Scribe scribe;

	private final Consumer<ObjectNode> lines;

	private final HttpHeaders sent;

	private final Instant asked;

	private final ByteArrayOutputStream question = new ByteArrayOutputStream();

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	/** What came before it was known what it is. */
	private final List<Piece.Bytes> early = new ArrayList<>();

	private final EventSplitter events;

	private @Nullable ObjectNode request;

	private Piece.@Nullable Answered answered;

	private @Nullable ObjectNode response;

	private int count;

	private long passed;

	private long held;

	Transcript(Piece.Begun begun, Scribe scribe, Consumer<ObjectNode> lines) {
		this.scribe = scribe;
		this.lines = lines;
		this.sent = begun.call().headers();
		this.asked = begun.time();
		this.request = scribe.request(begun);
		this.events = new EventSplitter(scribe.limit());
	}

	/**
	 * Takes the next piece.
	 * @param piece the piece
	 * @return how much of what the exchange took is free again
	 */
	long take(Piece piece) {
		this.held += piece.weight();
		piece.onto(this);
		boolean keeps = this.request != null && this.question.size() > 0 || this.body.size() > 0
				|| !this.early.isEmpty();
		long free = keeps ? 0 : this.held;
		this.held -= free;
		return free;
	}

	void passed(Piece.Bytes bytes) {
		if (bytes.request()) {
			this.question.writeBytes((this.request != null) ? bytes.content() : new byte[0]);
		}
		else if (this.answered == null) {
			this.early.add(bytes);
		}
		else if (this.answered.stream()) {
			events(bytes);
		}
		else {
			this.body.writeBytes(bytes.content());
		}
	}

	private void events(Piece.Bytes bytes) {
		if (bytes.missed() > 0) {
			this.events.gap();
			this.lines.accept(this.scribe.line("gap", bytes.of(), bytes.time()).put("bytes", bytes.missed()));
		}
		this.passed += bytes.content().length + bytes.missed();
		for (SseEvent event : this.events.feed(bytes.content())) {
			this.lines.accept(this.scribe.event(bytes.of(), bytes.time(), ++this.count, event));
		}
	}

	void asked(Piece.Asked all) {
		writeRequest(all.missed(), true);
	}

	private void writeRequest(long missed, boolean whole) {
		ObjectNode line = this.request;
		if (line != null) {
			line.set("body", this.scribe.body(this.question.toByteArray(), missed, this.sent));
			if (!whole) {
				line.put("unread", true);
			}
			this.lines.accept(line);
			this.request = null;
			this.question.reset();
		}
	}

	void answered(Piece.Answered head) {
		writeRequest(0, false);
		this.answered = head;
		ObjectNode line = this.scribe.response(head, this.asked);
		if (head.stream()) {
			this.lines.accept(line.put("stream", true));
		}
		else {
			this.response = line;
		}
		this.early.forEach(this::passed);
		this.early.clear();
	}

	void ended(Piece.Ended ended) {
		writeRequest(0, false);
		ObjectNode line = this.response;
		if (line != null && this.answered != null) {
			line.set("body", this.scribe.body(this.body.toByteArray(), ended.missed(), this.answered.headers()));
			this.lines.accept(line.put("end", Scribe.word(ended.end())));
		}
		else {
			this.lines.accept(this.scribe.line("end", ended.of(), ended.time())
				.put("end", Scribe.word(ended.end()))
				.put("events", this.count)
				.put("bytes", this.passed + ended.missed()));
		}
		this.early.clear();
		this.body.reset();
	}

}
