package dev.mcpbridge.fleet;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A visitor with a session at {@code /mcp}, who listens to its stream meanwhile.
 */
final class StreamableVisitor extends Visitor {

	private static final String PATH = "/mcp";

	private static final String SESSION = "mcp-session-id";

	private final Awaited<String> session = new Awaited<>();

	StreamableVisitor(Guest guest) {
		super(guest);
	}

	@Override
	Optional<String> attempt(String body) throws IOException, InterruptedException {
		if (!this.session.isThere() && !open()) {
			return Optional.empty();
		}
		String session = this.session.get();
		HttpResponse<String> response = send(post(PATH, body).header(SESSION, session), BodyHandlers.ofString());
		return isLost(response, session) ? Optional.empty() : Optional.of(response.body());
	}

	@Override
	void listen() throws IOException, InterruptedException {
		String session = this.session.get();
		HttpResponse<Stream<String>> response = send(get(PATH).header(SESSION, session), BodyHandlers.ofLines());
		try (Stream<String> lines = response.body()) {
			if (!isLost(response, session)) {
				streamOpened();
				lines.forEach((line) -> {
				});
			}
		}
	}

	private boolean open() throws IOException, InterruptedException {
		HttpResponse<String> response = send(post(PATH, INITIALIZE), BodyHandlers.ofString());
		if (isDelayed(response)) {
			return false;
		}
		expect(200, response);
		this.session.set(response.headers().firstValue(SESSION).orElseThrow());
		sessionOpened();
		return true;
	}

	/** A session that is not known any more is opened anew. */
	private boolean isLost(HttpResponse<?> response, String session) throws InterruptedException {
		if (response.statusCode() == 404) {
			this.session.drop(session);
			return true;
		}
		if (isDelayed(response)) {
			return true;
		}
		expect(200, response);
		return false;
	}

}
