package dev.mcpbridge.authorization;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that are broken as HTTP: refused, the connection closed, nothing told.
 */
@ExtendWith(OutputCaptureExtension.class)
class BrokenRequestServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url()).start();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@AfterEach
	void theGatewayStillServes() {
		TestClient client = TestClient.register(gateway.url());
		assertThat(client.authorize(client.request()).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/register application/json", "/access-token application/x-www-form-urlencoded",
			"/authorize application/x-www-form-urlencoded" })
	void garbageInsteadOfAChunkIsRefused(String target) {
		assertRefused(RawHttp.send(gateway.url(), post(target, "Transfer-Encoding: chunked\r\n") + "ZZZ\r\n{}\r\n"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/register application/json", "/access-token application/x-www-form-urlencoded",
			"/authorize application/x-www-form-urlencoded" })
	void garbageAfterAChunkIsRefused(String target) {
		assertRefused(RawHttp.send(gateway.url(),
				post(target, "Transfer-Encoding: chunked\r\n") + "2\r\n{}\r\nnonsense\r\n\r\n"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/register application/json", "/access-token application/x-www-form-urlencoded",
			"/authorize application/x-www-form-urlencoded" })
	void aBodyThatIsCutOffIsNotTakenForWholeAndNoError(String target, CapturedOutput output) {
		String body = "{\"redirect_uris\": [\"https://a.example/\"]}";
		assertRefusedOrLeft(RawHttp.sendAndStop(gateway.url(), post(target, "Content-Length: 4000\r\n") + body));
		assertRefusedOrLeft(RawHttp.sendAndStop(gateway.url(),
				post(target, "Transfer-Encoding: chunked\r\n") + "%x\r\n%s\r\n".formatted(body.length(), body)));
		theGatewayStillServes();
		assertThat(output).doesNotContain("ERROR", "AbortedException");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "Content-Length: x\r\n", "Content-Length: -1\r\n", "Content-Length: 2\r\nContent-Length: 3\r\n",
					"Content-Length: 99999999999999999999\r\n", "Transfer-Encoding: nonsense\r\n" })
	void aLengthThatIsNoneIsRefused(String header) {
		assertRefused(RawHttp.sendAndStop(gateway.url(), post("/register application/json", header) + "{}"));
	}

	@Test
	void tooManyHeadersAreRefused() {
		assertRefused(RawHttp.send(gateway.url(),
				"GET /authorize HTTP/1.1\r\nHost: localhost\r\nCookie: a=" + "x".repeat(40_000) + "\r\n\r\n"));
		assertRefused(RawHttp.send(gateway.url(), "GET /jwks.json HTTP/1.1\r\nHost: localhost\r\n"
				+ ("X-Filler: " + "x".repeat(1000) + "\r\n").repeat(40) + "\r\n"));
	}

	@Test
	void tooLongALineIsRefused() {
		assertRefused(RawHttp.send(gateway.url(),
				"GET /authorize?state=" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0000\u0001\u0002\r\n\r\n", "GET\r\n\r\n",
			"\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n", "GET /authorize HTTP/1.1\r\nBad Name: x\r\n\r\n",
			"GET /authorize?%00=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
			"GET http://[bad/authorize HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
			"GET /authorize HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n" })
	void whatIsNoRequestIsRefused(String text) {
		assertRefusedOrLeft(RawHttp.sendAndStop(gateway.url(), text));
	}

	private static String post(String target, String headers) {
		String[] parts = target.split(" ");
		return "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n%s\r\n".formatted(parts[0], parts[1],
				headers);
	}

	private static void assertRefused(String answer) {
		assertThat(RawHttp.status(answer)).as(answer).isBetween(400, 499);
		assertNothingTold(answer);
	}

	/** Whoever stops talking in the middle may find the line dead. */
	private static void assertRefusedOrLeft(String answer) {
		assertThat(answer).satisfiesAnyOf((text) -> assertThat(text).isEmpty(), (text) -> assertRefused(text));
	}

	private static void assertNothingTold(String answer) {
		assertThat(answer).doesNotContain("Exception", "dev.mcpbridge", "io.netty", "reactor", "\tat ", "trace");
	}

}
