package dev.mcpbridge.refresh;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

import dev.mcpbridge.testing.Caller;
import dev.mcpbridge.testing.TestClient;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who logged in once, and whose client refreshes its token before it ends, as
 * good clients do.
 */
final class Employee {

	private static final Duration IN_TIME = Duration.ofMinutes(5);

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI gateway;

	private final InstantSource clock;

	private final TestClient client;

	private TestClient.Tokens tokens;

	private Instant expiry;

	private Caller caller;

	private @Nullable Stream<String> stream;

	private @Nullable URI messages;

	private int refreshes;

	Employee(URI gateway, InstantSource clock) {
		this.gateway = gateway;
		this.clock = clock;
		this.client = TestClient.register(gateway);
		this.tokens = this.client.signIn();
		this.expiry = clock.instant().plusSeconds(this.tokens.expiresIn());
		this.caller = Caller.of(this.client, this.tokens);
	}

	void refreshIfNeeded() {
		if (this.clock.instant().plus(IN_TIME).isBefore(this.expiry)) {
			return;
		}
		this.tokens = TestClient.tokens(this.client.refresh(this.tokens.refreshToken()));
		this.expiry = this.clock.instant().plusSeconds(this.tokens.expiresIn());
		this.caller = this.caller.with(this.tokens);
		this.refreshes++;
	}

	/** Opens a legacy stream, and leaves it open. */
	void listen() {
		HttpRequest request = HttpRequest.newBuilder(this.gateway.resolve("/sse"))
			.header("Authorization", "Bearer " + this.tokens.accessToken())
			.build();
		Stream<String> lines = HTTP.sendAsync(request, BodyHandlers.ofLines()).join().body();
		Iterator<String> line = lines.iterator();
		String data = line.next();
		while (!data.startsWith("data:")) {
			data = line.next();
		}
		this.messages = this.gateway.resolve(data.substring("data:".length()).strip());
		this.stream = lines;
	}

	void leave() {
		Stream<String> stream = this.stream;
		if (stream != null) {
			try {
				stream.close();
			}
			catch (UncheckedIOException ex) {
				throw new AssertionError("the stream was cut", ex);
			}
		}
	}

	/** The session of {@code /mcp}. */
	Caller caller() {
		return this.caller;
	}

	/** The session of the open stream, if there is one. */
	Optional<Caller> listener() {
		return Optional.ofNullable(this.messages)
			.map((endpoint) -> new Caller(endpoint, this.caller.accessToken(), ""));
	}

	int refreshes() {
		return this.refreshes;
	}

}
