package dev.mcpbridge.app.probe.mcp;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an MCP server did with a request.
 */
public sealed interface Reply {

	/**
	 * It answered.
	 *
	 * @param value the {@code result} of the JSON-RPC response
	 */
	record Result(JsonNode value) implements Reply {

		/**
		 * Tells whether a tool did not do what it was asked to.
		 * @return whether the result says {@code isError}
		 */
		public boolean isToolError() {
			return this.value.path("isError").asBoolean(false);
		}

	}

	/**
	 * It answered with an error of JSON-RPC.
	 *
	 * @param code the error code
	 */
	record Failure(int code) implements Reply {
	}

	/**
	 * It refused by status.
	 *
	 * @param status the HTTP status
	 * @param challenge the {@code WWW-Authenticate} header, or {@code null} if there is
	 * none
	 * @param contentType the media type, empty if not said
	 * @param body the body, as far as it was read; foreign text
	 */
	record Refusal(int status, @Nullable String challenge, String contentType, String body) implements Reply {

		/**
		 * Returns a member of a JSON body.
		 * @param name the name of the member
		 * @return its text, or {@code none}
		 */
		public String said(String name) {
			return Json.parse(this.body).path(name).asString("none");
		}

		@Override
		public String toString() {
			return "Refusal[status=" + this.status + "]";
		}

	}

	/**
	 * Nothing came that could be understood.
	 *
	 * @param reason why, without a word of what was sent
	 */
	record Silence(String reason) implements Reply {
	}

}
