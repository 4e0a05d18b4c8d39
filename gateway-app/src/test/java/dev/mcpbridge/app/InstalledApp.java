package dev.mcpbridge.app;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;

/**
 * An MCP client on the person's computer, waiting for its answer on a port of its own.
 *
 * @param client the client
 * @param gateway the gateway it signs in at
 * @param callback where it waits
 */
record InstalledApp(TestClient client, URI gateway, URI callback) {

	static InstalledApp register(URI gateway, WebSite callback) {
		return new InstalledApp(TestClient.register(gateway), gateway, callback.url("/callback"));
	}

	/** Returns what it opens in the browser. */
	String authorizeUrl() {
		Map<String, String> request = new LinkedHashMap<>(this.client.request());
		request.put("redirect_uri", this.callback.toString());
		return this.gateway.resolve("/authorize?" + Browser.form(request)).toString();
	}

	/** Redeems the code the browser came back with. */
	TestClient.Tokens redeem(URI answer) {
		return TestClient.tokens(this.client.token(Map.of("grant_type", "authorization_code", "client_id",
				this.client.clientId(), "code", TestClient.codeOf(answer), "code_verifier", this.client.verifier(),
				"redirect_uri", this.callback.toString())));
	}

}
