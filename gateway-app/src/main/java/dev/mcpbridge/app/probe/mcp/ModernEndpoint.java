package dev.mcpbridge.app.probe.mcp;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Streamable HTTP without sessions: each request says all there is to know.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">MCP
 * 2026-07-28, streamable HTTP</a>
 */
final class ModernEndpoint implements McpEndpoint {

	private static final String REVISION = "2026-07-28";

	private static final String META = "io.modelcontextprotocol/";

	private final Posts posts;

	ModernEndpoint(Wire wire, URI address) {
		this.posts = new Posts(wire, address);
	}

	@Override
	public Visit visit(@Nullable Secret token) {
		Reply hello = ask(token, 1, "server/discover", Json.object());
		return (hello instanceof Reply.Result result) ? new ModernVisit(token, result) : new Refused(hello);
	}

	private Reply ask(@Nullable Secret token, int id, String method, ObjectNode params) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("MCP-Protocol-Version", REVISION);
		headers.put("Mcp-Method", method);
		if (params.has("name")) {
			headers.put("Mcp-Name", params.path("name").asString());
		}
		if (token != null) {
			headers.put("Authorization", "Bearer " + token.reveal());
		}
		ObjectNode meta = params.deepCopy();
		ObjectNode inner = meta.putObject("_meta").put(META + "protocolVersion", REVISION);
		inner.set(META + "clientInfo", Json.clientInfo());
		inner.putObject(META + "clientCapabilities");
		try {
			return this.posts.ask(headers, Json.request(id, method, meta)).reply();
		}
		catch (IOException ex) {
			return new Reply.Silence(String.valueOf(ex.getMessage()));
		}
	}

	private final class ModernVisit implements Visit {

		private final @Nullable Secret token;

		private final Reply.Result opening;

		private int id = 1;

		ModernVisit(@Nullable Secret token, Reply.Result opening) {
			this.token = token;
			this.opening = opening;
		}

		/** Whatever else is supported, this was spoken. */
		@Override
		public Reply opening() {
			ObjectNode hello = Json.object().put("protocolVersion", REVISION);
			hello.set("serverInfo", this.opening.value().path("_meta").path(META + "serverInfo"));
			return new Reply.Result(hello);
		}

		@Override
		public Map<String, String> marks() {
			return Map.of("session", "none");
		}

		@Override
		public Reply ask(String method, ObjectNode params) {
			return ModernEndpoint.this.ask(this.token, ++this.id, method, params);
		}

		@Override
		public void close() {
			// nothing is kept on either side
		}

	}

}
