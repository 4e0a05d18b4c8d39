package dev.mcpbridge.simulator.oauth;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Json;

/**
 * A request the authorization server refuses; {@link AuthorizationServer} renders it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749, section
 * 5.2</a>
 */
final class Refusal extends RuntimeException {

	private final int status;

	private final String error;

	private final String description;

	Refusal(int status, String error, String description) {
		super(error, null, false, false);
		this.status = status;
		this.error = error;
		this.description = description;
	}

	static Refusal invalidRequest(String description) {
		return new Refusal(400, "invalid_request", description);
	}

	static Refusal invalidClient(String description) {
		return new Refusal(401, "invalid_client", description);
	}

	static Refusal invalidGrant(String description) {
		return new Refusal(400, "invalid_grant", description);
	}

	String error() {
		return this.error;
	}

	String description() {
		return this.description;
	}

	Answer answer() {
		return Answer.json(this.status,
				Json.object().put("error", this.error).put("error_description", this.description));
	}

}
