package dev.mcpbridge.app.replay;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Opens a session in the place of one that began before the recording did.
 *
 * @param wire how to send
 */
record Opening(Wire wire) {

	private static final String SESSION = "mcp-session-id";

	private static final String VERSION = "mcp-protocol-version";

	private static final String INITIALIZE = """
			{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"%s","capabilities":{},\
			"clientInfo":{"name":"mcp-bridge-gateway-replay","version":"1"}}}""";

	private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

	/**
	 * Opens it.
	 * @param url the endpoint
	 * @param sent the headers of the request it is opened for
	 * @return the id of the session, or empty if there is none
	 * @throws IOException if nobody answers
	 */
	Optional<String> open(URI url, Map<String, String> sent) throws IOException {
		Map<String, String> headers = new LinkedHashMap<>(sent);
		headers.remove(SESSION);
		String version = headers.getOrDefault(VERSION, "2025-03-26");
		headers.put("accept", "application/json, text/event-stream");
		headers.put("content-type", "application/json");
		HttpResponse<InputStream> hello = this.wire.send("POST", url, headers, INITIALIZE.formatted(version));
		hello.body().close();
		Optional<String> session = hello.headers().firstValue(SESSION);
		if (session.isPresent()) {
			headers.put(SESSION, session.get());
			this.wire.send("POST", url, headers, INITIALIZED).body().close();
		}
		return session;
	}

}
