package dev.mcpbridge.app;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.customizer.McpSyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;

/**
 * The official Java SDK, connected to one of the gateway's MCP endpoints.
 */
final class SdkClient implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final BlockingQueue<ProgressNotification> progress = new LinkedBlockingQueue<>();

	private final McpSyncClient client;

	private SdkClient(McpClientTransport transport) {
		this.client = McpClient.sync(transport)
			.requestTimeout(PATIENCE)
			.initializationTimeout(PATIENCE)
			.progressConsumer(this.progress::add)
			.build();
		this.client.initialize();
	}

	/**
	 * Connects, over HTTP+SSE where the path ends so and over streamable HTTP elsewhere.
	 * @param gateway the gateway
	 * @param path the path of the MCP endpoint
	 * @param accessToken the bridge token of each request
	 * @return the connected client
	 */
	static SdkClient connect(URI gateway, String path, Supplier<String> accessToken) {
		McpSyncHttpClientRequestCustomizer bearer = (request, method, uri, body, context) -> request
			.setHeader("Authorization", "Bearer " + accessToken.get());
		return new SdkClient(path.endsWith("/sse") ? legacy(gateway, path, bearer) : streamable(gateway, path, bearer));
	}

	/**
	 * Takes a client through the front desk for one of the MCP endpoints.
	 * @param client the client
	 * @param resource the URL of the endpoint
	 * @return its tokens
	 */
	static TestClient.Tokens signIn(TestClient client, URI resource) {
		Map<String, String> request = new LinkedHashMap<>(client.request());
		request.put("resource", resource.toString());
		URI upstreamPage = Browser.location(client.decide(client.authorize(request), "allow"));
		return TestClient.tokens(client.redeem(TestClient.codeOf(client.approve(upstreamPage))));
	}

	List<String> tools() {
		return this.client.listTools().tools().stream().map(Tool::name).toList();
	}

	String call(String tool, Map<String, Object> arguments) {
		return this.client.callTool(CallToolRequest.builder(tool).arguments(arguments).build()).content().toString();
	}

	/** Calls the simulator's tool that reports each of its steps. */
	String callWithProgress(int steps) {
		return this.client
			.callTool(CallToolRequest.builder("simulatorProgress")
				.arguments(Map.of("steps", steps))
				.progressToken("progress-1")
				.build())
			.content()
			.toString();
	}

	/** Waits for the next notification of progress. */
	@Nullable ProgressNotification nextProgress() throws InterruptedException {
		return this.progress.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	@Override
	public void close() {
		this.client.close();
	}

	private static McpClientTransport streamable(URI gateway, String path, McpSyncHttpClientRequestCustomizer bearer) {
		return HttpClientStreamableHttpTransport.builder(gateway.toString())
			.endpoint(path)
			.addHttpRequestCustomizer(bearer)
			.build();
	}

	@SuppressWarnings("deprecation") // HTTP+SSE is, and is still in use
	private static McpClientTransport legacy(URI gateway, String path, McpSyncHttpClientRequestCustomizer bearer) {
		return HttpClientSseClientTransport.builder(gateway.toString())
			.sseEndpoint(path)
			.addHttpRequestCustomizer(bearer)
			.build();
	}

}
