package dev.mcpbridge.policy.wire;

import dev.mcpbridge.policy.CallOutcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.json.JsonFactory;

/**
 * Sees in passing how an answer ends a call: with a result, with one that says the tool
 * failed, or with an error. It keeps nothing and changes nothing.
 * <p>
 * Of a batch the worst counts. It looks no further than 1 MB into a message.
 */
final class OutcomeProbe {

	private static final int MAX_SEEN = 1024 * 1024;

	private static final JsonFactory JSON = new JsonFactory();

	private @Nullable JsonParser parser;

	private @Nullable CallOutcome outcome;

	private int seen;

	private int depth;

	/** How deep the members of a message are: 1, or 2 in a batch. */
	private int members = 1;

	private String member = "";

	/** Takes note of bytes of a message that pass. */
	void look(byte[] bytes, int from, int to) {
		JsonParser reading = this.parser;
		if (reading == null) {
			if (this.seen > 0) {
				return;
			}
			reading = JSON.createNonBlockingByteArrayParser(ObjectReadContext.empty());
			this.parser = reading;
		}
		this.seen += to - from;
		try {
			((ByteArrayFeeder) reading.nonBlockingInputFeeder()).feedInput(bytes, from, to);
			read(reading);
		}
		catch (JacksonException | IllegalStateException ex) {
			stop();
		}
		if (this.seen > MAX_SEEN) {
			stop();
		}
	}

	/** A message is over; another may follow. */
	void next() {
		stop();
		this.seen = 0;
		this.depth = 0;
		this.members = 1;
		this.member = "";
	}

	/** How the call ended, or {@code null} if no answer was seen. */
	@Nullable CallOutcome outcome() {
		return this.outcome;
	}

	private void stop() {
		JsonParser reading = this.parser;
		this.parser = null;
		if (reading != null) {
			reading.close();
		}
	}

	private void read(JsonParser reading) {
		JsonToken token = reading.nextToken();
		while (token != null && token != JsonToken.NOT_AVAILABLE) {
			take(reading, token);
			token = reading.nextToken();
		}
	}

	private void take(JsonParser reading, JsonToken token) {
		if (token.isStructEnd()) {
			this.depth--;
			return;
		}
		if (token == JsonToken.PROPERTY_NAME) {
			if (this.depth == this.members) {
				this.member = reading.currentName();
				answered();
			}
			return;
		}
		if (token == JsonToken.VALUE_TRUE && this.depth == this.members + 1 && this.member.equals("result")
				&& "isError".equals(reading.currentName())) {
			worse(CallOutcome.TOOL_ERROR);
		}
		if (token.isStructStart()) {
			this.members = (this.depth == 0 && token == JsonToken.START_ARRAY) ? 2 : this.members;
			this.depth++;
		}
	}

	private void answered() {
		if (this.member.equals("error")) {
			worse(CallOutcome.ERROR);
		}
		else if (this.member.equals("result")) {
			worse(CallOutcome.OK);
		}
	}

	private void worse(CallOutcome other) {
		if (this.outcome == null || other.compareTo(this.outcome) > 0) {
			this.outcome = other;
		}
	}

}
