package dev.mcpbridge.app;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code mcp-remote} does not notice what the upstream speaks.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class McpRemoteTranslatedServerTests {

	private static final String HTTP = "StreamableHTTPClientTransport";

	private static final String SSE = "SSEClientTransport";

	final Stage streamable = new Stage(UpstreamKind.STREAMABLE);

	/** It leaves without DELETE: its sessions end when nobody uses them any more. */
	final Stage sse = new Stage(UpstreamKind.SSE, Duration.ofSeconds(4));

	@AfterAll
	void stop() {
		this.streamable.close();
		this.sse.close();
	}

	/**
	 * Not {@code sse-first} at {@code /mcp}: it begins with a GET without a session, to
	 * which servers that have sessions answer 400, and it goes on after 404 and 405 only.
	 */
	@ParameterizedTest
	@CsvSource({ "/sse, sse-first, " + SSE, "/sse, sse-only, " + SSE, "/sse, http-first, " + SSE })
	void connectsToAnUpstreamOfStreamableHttp(String path, String strategy, String transport) throws Exception {
		McpRemoteServerTests.connects(this.streamable, path, strategy, transport);
	}

	@ParameterizedTest
	@CsvSource({ "/mcp, http-first, " + HTTP, "/mcp, http-only, " + HTTP, "/mcp, sse-first, " + HTTP })
	void connectsToAnUpstreamOfSse(String path, String strategy, String transport) throws Exception {
		McpRemoteServerTests.connects(this.sse, path, strategy, transport);
	}

}
