package dev.mcpbridge.simulator;

/**
 * The groups of addresses that are counted and can be made to fail.
 */
public enum Endpoint {

	/** Metadata under {@code /.well-known/}. */
	DISCOVERY,

	/** Client registration. */
	REGISTER,

	/** The consent page and its form. */
	AUTHORIZE,

	/** The token endpoint. */
	TOKEN,

	/** Everything that needs a bearer: {@code /v1/mcp}, {@code /v1/sse} and kin. */
	MCP;

	static Endpoint of(String path) {
		if (path.startsWith("/.well-known/")) {
			return DISCOVERY;
		}
		return switch (path.substring(path.lastIndexOf('/') + 1)) {
			case "register" -> REGISTER;
			case "authorize" -> AUTHORIZE;
			case "token" -> TOKEN;
			default -> MCP;
		};
	}

}
