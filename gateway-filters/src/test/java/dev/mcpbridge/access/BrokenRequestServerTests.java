package dev.mcpbridge.access;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that are no HTTP, or that stop halfway.
 */
class BrokenRequestServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url()).clock(atlassian.clock()).start();

	static final TestClient client = TestClient.register(gateway.url());

	static final String token = client.signIn().accessToken();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ZZZ\r\nhello\r\n0\r\n\r\n", "-5\r\nhello\r\n0\r\n\r\n", "5\r\nhelloworld\r\n0\r\n\r\n",
			"FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n" })
	void chunkGarbageIsRefusedAndTheConnectionClosed(String chunks) {
		String answer = RawClient.send(gateway.url(), head("Transfer-Encoding: chunked") + chunks, false);
		assertRefused(answer, chunks);
	}

	@ParameterizedTest
	@CsvSource({ "Content-Length: 100, {\"jsonrpc\":", "Transfer-Encoding: chunked, 64" })
	void aBodyThatStopsHalfwayIsClosedAndNeverAnswersAsOurFault(String header, String body) {
		String answer = RawClient.send(gateway.url(), head(header) + body + "\r\n", true);
		assertRefused(answer, header);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GARBAGE\r\n\r\n", "GET /mcp\r\n\r\n", "GET /mcp HTTP/9.9\r\nHost: localhost\r\n\r\n",
			"\u0000\u0001\u0002\r\n\r\n", "GET /mcp HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
			"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: nine\r\n\r\n",
			"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello" })
	void whatIsNoRequestIsRefused(String bytes) {
		assertRefused(RawClient.send(gateway.url(), bytes, true), bytes);
	}

	@Test
	void aHeaderOverTheLimitIsRefused() {
		String bytes = "GET /mcp HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(33_000) + "\r\n\r\n";
		String answer = RawClient.send(gateway.url(), bytes, true);
		assertThat(answer).startsWith("HTTP/1.1 431");
	}

	@Test
	void aRequestLineOverTheLimitIsRefused() {
		String answer = RawClient.send(gateway.url(),
				"GET /mcp?" + "x".repeat(16_500) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", true);
		assertThat(answer).startsWith("HTTP/1.1 414");
	}

	@Test
	void afterAllThatTheGatewayGoesOn() {
		assertThat(client.initialize(token).statusCode()).isEqualTo(200);
	}

	private static String head(String header) {
		return "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
				+ "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n" + header
				+ "\r\n\r\n";
	}

	/** Closed, with a 4xx or without a word. */
	private static void assertRefused(String answer, String what) {
		if (!answer.isEmpty()) {
			assertThat(answer).as(what).matches("(?s)HTTP/\\d\\.\\d 4\\d\\d .*");
		}
		assertThat(answer).as(what).doesNotContain("Exception", AtlassianSimulator.CAPTURED_PERSON, token);
	}

}
