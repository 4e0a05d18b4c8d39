package dev.mcpbridge.testing;

import java.net.URI;
import java.net.http.HttpResponse;

/**
 * Somebody in the middle of an MCP session, who sends one request after the other.
 *
 * @param endpoint where the requests go
 * @param accessToken the bridge token they carry
 * @param session the MCP session they belong to
 */
public record Caller(URI endpoint, String accessToken, String session) {

	/**
	 * Opens a session at {@code /mcp}.
	 * @param client the client
	 * @param tokens what it got when it signed in
	 * @return the caller
	 */
	public static Caller of(TestClient client, TestClient.Tokens tokens) {
		HttpResponse<String> answer = client.initialize(tokens.accessToken());
		if (answer.statusCode() != 200) {
			throw new AssertionError("no session: %d %s".formatted(answer.statusCode(), answer.body()));
		}
		return new Caller(answer.uri(), tokens.accessToken(), answer.headers().firstValue("mcp-session-id").orElse(""));
	}

	/**
	 * Goes on at another gateway.
	 * @param gateway its URL
	 * @return the caller there
	 */
	public Caller at(URI gateway) {
		return new Caller(gateway.resolve(this.endpoint.getPath()), this.accessToken, this.session);
	}

	/**
	 * Goes on with another token.
	 * @param tokens what a refresh gave
	 * @return the caller with it
	 */
	public Caller with(TestClient.Tokens tokens) {
		return new Caller(this.endpoint, tokens.accessToken(), this.session);
	}

	@Override
	public String toString() {
		return "Caller[endpoint=%s]".formatted(this.endpoint);
	}

}
