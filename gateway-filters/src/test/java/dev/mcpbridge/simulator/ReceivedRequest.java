package dev.mcpbridge.simulator;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.mcpbridge.simulator.wire.Call;

/**
 * A request as it arrived, kept for assertions.
 *
 * @param endpoint what it was sent to
 * @param method the HTTP method
 * @param path the path without the query
 * @param query the raw query, empty if there was none
 * @param headers every header, looked up in any case
 * @param body the body, empty if there was none
 */
public record ReceivedRequest(Endpoint endpoint, String method, String path, String query,
		Map<String, List<String>> headers, String body) {

	static ReceivedRequest of(Endpoint endpoint, Call call) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		call.headers().names().forEach((name) -> headers.put(name, List.copyOf(call.headers().getAll(name))));
		return new ReceivedRequest(endpoint, call.method(), call.path(), call.query(), headers, call.body());
	}

	/**
	 * Returns the first value of a header.
	 * @param name the header name, in any case
	 * @return the value, or an empty string if the header was missing
	 */
	public String header(String name) {
		return this.headers.getOrDefault(name, List.of("")).get(0);
	}

}
