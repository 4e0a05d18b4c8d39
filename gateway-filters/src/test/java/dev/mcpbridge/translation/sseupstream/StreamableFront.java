package dev.mcpbridge.translation.sseupstream;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

import dev.mcpbridge.relay.MemoryRelay;
import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.translation.Flights;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.UpstreamTargetFilter;

import org.springframework.util.unit.DataSize;

/**
 * A gateway with streamable HTTP in front of an upstream of HTTP+SSE, and what it heard.
 */
final class StreamableFront implements AutoCloseable {

	static final TranslationLimits LIMITS = limits(Duration.ofHours(1), 100);

	private final HeardTranslations heard = new HeardTranslations();

	private final Flights flights = new Flights();

	private final TestGateway gateway;

	StreamableFront(String upstream) {
		this(upstream, memory(), LIMITS, "jsonWithin=10s");
	}

	StreamableFront(String upstream, Relay relay, TranslationLimits limits, String arguments) {
		URI uri = URI.create(upstream);
		this.gateway = bridging(TestGateway.bare(), relay, limits)
			.route("mcp", uri, "/mcp", "McpStream", "McpSseUpstream=sse," + values(arguments), "SetPath=/v1/sse")
			.route("other", uri.resolve("/other"), "/other", "McpSseUpstream", "SetPath=/v1/sse")
			.route("both", uri, "/both", "McpSseUpstream=streamable", "SetPath=/v1/mcp")
			.start();
	}

	/** Adds the filter to a gateway, until something else does. */
	private TestGateway.Builder bridging(TestGateway.Builder builder, Relay relay, TranslationLimits limits) {
		return builder.bean(UpstreamTargetFilter.class, new UpstreamTargetFilter())
			.bean(McpSseUpstreamGatewayFilterFactory.class, new McpSseUpstreamGatewayFilterFactory(relay, this.flights,
					limits, new SecureRandom(), this.heard));
	}

	static Relay memory() {
		return memory(Duration.ofSeconds(30));
	}

	static Relay memory(Duration lifetime) {
		return new MemoryRelay(new RelayLimits(DataSize.ofMegabytes(8), Duration.ofMinutes(5), lifetime), 1000,
				InstantSource.system());
	}

	static TranslationLimits limits(Duration idle, int maxSessions) {
		return new TranslationLimits(DataSize.ofMegabytes(1), idle, Duration.ofMillis(200), maxSessions, 50);
	}

	StreamableClient client() {
		return new StreamableClient(url());
	}

	URI url() {
		return this.gateway.url("/mcp");
	}

	URI url(String path) {
		return this.gateway.url(path);
	}

	HeardTranslations heard() {
		return this.heard;
	}

	int flights() {
		return this.flights.underWay();
	}

	/** What a process does with its flights when it ends in order. */
	void stop() {
		this.flights.close();
	}

	@Override
	public void close() {
		this.flights.close();
		this.gateway.close();
	}

	private static String values(String arguments) {
		return arguments.replaceAll("\\w+=", "");
	}

}
