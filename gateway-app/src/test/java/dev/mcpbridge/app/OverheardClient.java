package dev.mcpbridge.app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;

import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;

/**
 * A client whose every secret is overheard by a {@link LeakDetector}.
 */
final class OverheardClient {

	private static final String INITIALIZE = """
			{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
			"capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

	private final URI gateway;

	private final TestClient client;

	private final LeakDetector ear;

	OverheardClient(URI gateway, LeakDetector ear) {
		this.gateway = gateway;
		this.client = TestClient.register(gateway);
		this.ear = ear;
		ear.learn(this.client.clientId());
		ear.learn(this.client.verifier());
	}

	/** Signs in and lets the person be remembered. */
	TestClient.Tokens signIn() {
		return TestClient.tokens(redeem(code(callback("allow"))));
	}

	/** Opens the consent page, unless it was remembered, and presses a button. */
	HttpResponse<String> decide(String decision) {
		HttpResponse<String> page = this.ear.learn(this.client.authorize(this.client.request()));
		return (page.statusCode() != 200) ? page
				: this.ear.learn(this.client.decide(page, decision, "remember", "true"));
	}

	/** Goes as far as the upstream's answer. */
	URI callback(String decision) {
		URI upstreamPage = Browser.location(decide("allow"));
		return this.ear.learn(this.client.returnFrom(upstreamPage, decision));
	}

	/** Follows the upstream's answer. */
	HttpResponse<String> follow(URI callback) {
		return this.ear.learn(this.client.browser().get(callback));
	}

	String code(URI callback) {
		return TestClient.codeOf(Browser.location(follow(callback)));
	}

	HttpResponse<String> redeem(String code) {
		return this.ear.learn(this.client.redeem(code));
	}

	HttpResponse<String> token(Map<String, String> form) {
		return this.ear.learn(this.client.token(form));
	}

	HttpResponse<String> refresh(TestClient.Tokens tokens) {
		return this.ear.learn(this.client.refresh(tokens.refreshToken()));
	}

	HttpResponse<String> call(String accessToken) {
		return this.ear.learn(this.client.call("/mcp", accessToken, INITIALIZE));
	}

	/** Posts in the session of a legacy stream. */
	HttpResponse<String> post(URI endpoint, String accessToken) {
		return this.ear.learn(this.client.call(endpoint.toString(), accessToken, INITIALIZE));
	}

	HttpResponse<String> get(String path) {
		return this.ear.learn(this.client.browser().get(this.gateway.resolve(path)));
	}

	/** Opens a legacy stream and leaves it open. */
	URI openStream(String accessToken) {
		return openStream("/sse", accessToken);
	}

	URI openStream(String path, String accessToken) {
		HttpRequest request = HttpRequest.newBuilder(this.gateway.resolve(path))
			.header("Authorization", "Bearer " + accessToken)
			.build();
		Stream<String> lines = HttpClient.newHttpClient()
			.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
			.join()
			.body();
		Iterator<String> line = lines.iterator();
		String data = line.next();
		while (!data.startsWith("data:")) {
			data = line.next();
		}
		return this.ear.learn(this.gateway.resolve(data.substring("data:".length()).strip()));
	}

	TestClient client() {
		return this.client;
	}

}
