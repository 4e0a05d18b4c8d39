package dev.mcpbridge.app.probe.mcp;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Streamable HTTP with sessions.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2025-06-18/basic/transports">MCP
 * 2025-06-18, transports</a>
 */
final class StreamableEndpoint implements McpEndpoint {

	private static final String SESSION = "Mcp-Session-Id";

	private final Posts posts;

	private final String revision;

	StreamableEndpoint(Wire wire, URI address, String revision) {
		this.posts = new Posts(wire, address);
		this.revision = revision;
	}

	@Override
	public Visit visit(@Nullable Secret token) {
		Map<String, String> headers = new LinkedHashMap<>();
		if (token != null) {
			headers.put("Authorization", "Bearer " + token.reveal());
		}
		try {
			Posts.Posted hello = this.posts.ask(headers, Json.request(1, "initialize", Json.initialize(this.revision)));
			if (!(hello.reply() instanceof Reply.Result result)) {
				return new Refused(hello.reply());
			}
			String session = Wire.header(hello.response(), SESSION);
			if (session != null) {
				headers.put(SESSION, session);
			}
			headers.put("MCP-Protocol-Version", result.value().path("protocolVersion").asString(this.revision));
			int told = this.posts.tell(headers, Json.initialized());
			return new StreamableVisit(this.posts, headers, result,
					Map.of("session", (session != null) ? "given" : "none", "initialized", String.valueOf(told)));
		}
		catch (IOException ex) {
			return new Refused(new Reply.Silence(String.valueOf(ex.getMessage())));
		}
	}

	private static final class StreamableVisit implements Visit {

		private final Posts posts;

		private final Map<String, String> headers;

		private final Reply opening;

		private final Map<String, String> marks;

		private int id = 1;

		StreamableVisit(Posts posts, Map<String, String> headers, Reply opening, Map<String, String> marks) {
			this.posts = posts;
			this.headers = headers;
			this.opening = opening;
			this.marks = marks;
		}

		@Override
		public Reply opening() {
			return this.opening;
		}

		@Override
		public Map<String, String> marks() {
			return this.marks;
		}

		@Override
		public Reply ask(String method, ObjectNode params) {
			try {
				return this.posts.ask(this.headers, Json.request(++this.id, method, params)).reply();
			}
			catch (IOException ex) {
				return new Reply.Silence(String.valueOf(ex.getMessage()));
			}
		}

		@Override
		public void close() {
			try {
				if (this.headers.containsKey(SESSION)) {
					this.posts.end(this.headers);
				}
			}
			catch (IOException ex) {
				// a session that is not ended ends by itself
			}
		}

	}

}
