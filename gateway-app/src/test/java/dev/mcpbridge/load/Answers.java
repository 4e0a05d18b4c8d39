package dev.mcpbridge.load;

import java.time.Duration;

/** What the upstream says. */
final class Answers {

	/**
	 * How long tokens live that were refreshed: they are refreshed again in their last
	 * quarter.
	 */
	static final Duration TOKEN_LIFE = Duration.ofSeconds(40);

	/** New tokens each time somebody refreshes, though they look the same. */
	static final String TOKENS = """
			{"access_token":"%s","refresh_token":"%s","token_type":"bearer","expires_in":%d}"""
		.formatted("a".repeat(74), "r".repeat(74), TOKEN_LIFE.toSeconds());

	private static final String BEGIN = """
			{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":\"""";

	private static final String END = "\"}]}}";

	private Answers() {
	}

	/** The answer to a tool call. */
	static String json(int bytes) {
		return BEGIN + "x".repeat(bytes - BEGIN.length() - END.length()) + END;
	}

	/** The same as a stream that ends after it. */
	static String event(int bytes) {
		return "event: message\ndata: %s\n\n".formatted(json(bytes));
	}

}
