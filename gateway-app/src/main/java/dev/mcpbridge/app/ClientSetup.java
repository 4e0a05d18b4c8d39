package dev.mcpbridge.app;

import java.util.Map;

/**
 * What to paste where, for the clients people use.
 *
 * @param url the MCP endpoint to give to a client
 */
public record ClientSetup(String url) {

	/**
	 * Returns the content of {@code .vscode/mcp.json}.
	 * @return a JSON document
	 */
	public String vsCode() {
		return """
				{
				  "servers": {
				    "atlassian": { "type": "http", "url": "%s" }
				  }
				}""".formatted(this.url);
	}

	/**
	 * Returns the command for Claude Code.
	 * @return a shell command
	 */
	public String claudeCode() {
		return "claude mcp add --transport http atlassian " + this.url;
	}

	/**
	 * Returns the content of {@code .cursor/mcp.json}.
	 * @return a JSON document
	 */
	public String cursor() {
		return """
				{
				  "mcpServers": {
				    "atlassian": { "url": "%s" }
				  }
				}""".formatted(this.url);
	}

	/**
	 * Returns the command for clients that only know local servers.
	 * @return a shell command
	 */
	public String mcpRemote() {
		return "npx -y mcp-remote " + this.url;
	}

	Map<String, String> asMap() {
		return Map.of("url", this.url, "vsCode", vsCode(), "claudeCode", claudeCode(), "cursor", cursor(), "mcpRemote",
				mcpRemote());
	}

}
