package dev.mcpbridge.headers;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The rules of a route at work on one exchange.
 * <p>
 * Spring Cloud Gateway hands request and response headers to the same method without
 * saying which they are. Headers are a response's exactly when the upstream has answered
 * since the last look, however often the request is sent again.
 */
final class Crossing {

	static final String ATTRIBUTE = Crossing.class.getName();

	private final HeaderRules rules;

	private @Nullable Object answer;

	Crossing(HeaderRules rules) {
		this.rules = rules;
	}

	/** Tells whether the upstream may learn where the client is. */
	boolean isForwarding() {
		return this.rules.isForwarding();
	}

	/**
	 * Returns the headers that cross.
	 * @param headers the headers of the request about to leave, or of the answer
	 * @param latest the latest answer of the upstream, or {@code null}
	 * @return what crosses
	 */
	HttpHeaders pass(HttpHeaders headers, @Nullable Object latest) {
		if (latest == null || latest == this.answer) {
			return this.rules.toUpstream(headers);
		}
		this.answer = latest;
		return this.rules.toClient(headers);
	}

}
