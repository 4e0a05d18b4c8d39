package dev.mcpbridge.fleet;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A visitor whose answers come on a stream of {@code /sse}. With the stream ends all it
 * was asked.
 */
final class LegacyVisitor extends Visitor {

	private final Awaited<Conversation> conversation = new Awaited<>();

	LegacyVisitor(Guest guest) {
		super(guest);
	}

	@Override
	Optional<String> attempt(String body) throws IOException, InterruptedException {
		Conversation conversation = this.conversation.get();
		if (conversation.isNew()) {
			if (ask(conversation, INITIALIZE).isEmpty()) {
				return Optional.empty();
			}
			conversation.begun();
			sessionOpened();
		}
		return ask(conversation, body);
	}

	@Override
	void listen() throws IOException, InterruptedException {
		HttpResponse<Stream<String>> response = send(get("/sse"), BodyHandlers.ofLines());
		try (Stream<String> lines = response.body()) {
			if (!isDelayed(response)) {
				expect(200, response);
				streamOpened();
				listen(lines.filter((line) -> line.startsWith("data:"))
					.map((line) -> line.substring("data:".length()).strip()));
			}
		}
	}

	private void listen(Stream<String> data) throws InterruptedException {
		try {
			data.forEach(this::hear);
		}
		finally {
			if (this.conversation.isThere()) {
				Conversation ended = this.conversation.get();
				this.conversation.drop(ended);
				ended.messages().add(Conversation.END);
			}
		}
	}

	private void hear(String data) {
		try {
			if (this.conversation.isThere()) {
				this.conversation.get().messages().add(data);
			}
			else {
				this.conversation.set(new Conversation(data));
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Optional<String> ask(Conversation conversation, String body) throws IOException, InterruptedException {
		HttpResponse<String> response = send(post(conversation.endpoint(), body), BodyHandlers.ofString());
		if (isDelayed(response) || response.statusCode() == 404) {
			return Optional.empty();
		}
		expect(202, response);
		String answer = conversation.messages().poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		if (answer == null) {
			throw new IllegalStateException("no answer on a stream that is open");
		}
		return answer.equals(Conversation.END) ? Optional.empty() : Optional.of(answer);
	}

	/** What belongs to one stream. */
	private static final class Conversation {

		static final String END = "";

		private final String endpoint;

		private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

		private boolean begun;

		Conversation(String endpoint) {
			this.endpoint = endpoint;
		}

		String endpoint() {
			return this.endpoint;
		}

		BlockingQueue<String> messages() {
			return this.messages;
		}

		boolean isNew() {
			return !this.begun;
		}

		void begun() {
			this.begun = true;
		}

	}

}
