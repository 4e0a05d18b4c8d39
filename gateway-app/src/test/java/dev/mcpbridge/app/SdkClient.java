package dev.mcpbridge.app;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
final class SdkClient implements McpUser {

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private final BlockingQueue<ProgressNotification> progress = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> logs = new LinkedBlockingQueue<>();

	private final BlockingQueue<List<Tool>> toolChanges = new LinkedBlockingQueue<>();

	private final HeardTransport transport;

	private final McpSyncClient client;

	private SdkClient(McpClientTransport transport) {
		this.transport = new HeardTransport(transport);
		this.client = McpClient.sync(this.transport)
			.requestTimeout(PATIENCE)
			.initializationTimeout(PATIENCE)
			.progressConsumer(this.progress::add)
			.loggingConsumer((log) -> this.logs.add(log.data()))
			.toolsChangeConsumer(this.toolChanges::add)
			.build();
		try {
			this.client.initialize();
		}
		catch (RuntimeException ex) {
			this.client.close();
			throw ex;
		}
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
	 * Connects by some other transport.
	 * @param transport the transport
	 * @return the connected client
	 */
	static SdkClient connect(McpClientTransport transport) {
		return new SdkClient(transport);
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

	@Override
	public List<String> tools() {
		return this.client.listTools().tools().stream().map(Tool::name).toList();
	}

	@Override
	public String call(String tool, Map<String, Object> arguments) {
		return this.client.callTool(CallToolRequest.builder(tool).arguments(arguments).build()).content().toString();
	}

	@Override
	public String callWithProgress(int steps) {
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
	public double nextStep() throws InterruptedException {
		return Objects.requireNonNull(nextProgress(), "no progress").progress();
	}

	@Override
	public void awaitToolChange() throws InterruptedException {
		Objects.requireNonNull(this.toolChanges.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS), "no change of tools");
	}

	@Override
	public String nextLog() throws InterruptedException {
		return Objects.requireNonNull(this.logs.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS), "no log");
	}

	@Override
	public void cancelCall() {
		this.transport.cancelNewestCall().block(PATIENCE);
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
