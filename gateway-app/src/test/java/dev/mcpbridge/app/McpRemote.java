package dev.mcpbridge.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.mcpbridge.testing.Browser;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;

/**
 * {@code mcp-remote}, which gives clients that start processes a server far away: here
 * the process of the official Java SDK.
 */
final class McpRemote {

	private McpRemote() {
	}

	/**
	 * Connects by it.
	 * @param endpoint the URL of the MCP endpoint
	 * @param strategy its {@code --transport}
	 * @param said takes what it logs
	 * @return the connected client
	 */
	static SdkClient connect(URI endpoint, String strategy, Consumer<String> said) {
		ServerParameters command = ServerParameters.builder("node")
			.args(Npm.directory().resolve("node_modules/mcp-remote/dist/proxy.js").toString(), endpoint.toString(),
					"--transport", strategy)
			.addEnvVar("MCP_REMOTE_CONFIG_DIR", temporaryDirectory().toString())
			.addEnvVar("BROWSER", "true")
			.build();
		StdioClientTransport transport = new StdioClientTransport(command, McpJsonDefaults.getMapper());
		AtomicBoolean asked = new AtomicBoolean();
		transport.setStdErrorHandler((line) -> {
			said.accept(line);
			if (line.startsWith("http") && line.contains("/authorize?") && !asked.getAndSet(true)) {
				new Thread(() -> new Browser().get(Consent.allow(URI.create(line))), "browser").start();
			}
		});
		return SdkClient.connect(transport);
	}

	private static Path temporaryDirectory() {
		try {
			return Files.createTempDirectory("mcp-remote");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
