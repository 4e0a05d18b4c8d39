package dev.mcpbridge.app;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;

import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;

/**
 * A person in front of the pages that a client opens, who allows everything.
 */
final class Consent {

	private Consent() {
	}

	/**
	 * Goes from the page a client opened to where the client waits.
	 * @param page the URL of the authorization endpoint, with the client's request
	 * @return where the browser is sent in the end
	 */
	static URI allow(URI page) {
		Browser browser = new Browser();
		HttpResponse<String> consent = browser.get(page);
		URI upstream = Browser.location(browser.post(page.resolve("/authorize"),
				Map.of("ticket", TestClient.ticketOf(consent), "decision", "allow")));
		URI callback = Browser.location(browser.post(upstream, Map.of("decision", "allow")));
		return Browser.location(browser.get(callback));
	}

}
