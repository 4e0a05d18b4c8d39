package dev.mcpbridge.app;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that know a URL and no transport: streamable HTTP is tried first and, where
 * that is a client error, HTTP+SSE.
 */
class NodeFallbackServerTests {

	@ParameterizedTest
	@CsvSource({ "STREAMABLE, /mcp, http", "SSE, /sse, sse", "STREAMABLE, /sse, sse", "SSE, /mcp, http" })
	void comesToTheTransportOfTheEndpoint(UpstreamKind upstream, String path, String transport) {
		try (Stage stage = new Stage(upstream);
				NodeClient client = NodeClient.connect(stage.url(path), "http", "sse")) {
			assertThat(client.connection()).isEqualTo(transport);
			assertThat(client.tools()).hasSize(24);
			assertThat(stage.atlassian().authorizations()).as("sign-ins").isOne();
		}
	}

}
