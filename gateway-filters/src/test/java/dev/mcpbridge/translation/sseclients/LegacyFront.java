package dev.mcpbridge.translation.sseclients;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import dev.mcpbridge.relay.MemoryRelay;
import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.translation.Flights;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;

import org.springframework.util.unit.DataSize;

import static org.awaitility.Awaitility.await;

/**
 * Gateways with the filter for clients of HTTP+SSE.
 *
 * @param relay what they share
 * @param flights what goes on
 * @param heard what becomes of sessions
 */
record LegacyFront(Relay relay, Flights flights, HeardSessions heard) implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final TranslationLimits LIMITS = new TranslationLimits(DataSize.ofKilobytes(64),
			Duration.ofMinutes(30), Duration.ofSeconds(5), 5, 10);

	LegacyFront() {
		this(memory());
	}

	LegacyFront(Relay relay) {
		this(relay, new Flights(), new HeardSessions());
	}

	static Relay memory() {
		RelayLimits limits = new RelayLimits(DataSize.ofMegabytes(1), Duration.ofMinutes(5), Duration.ofSeconds(30));
		return new MemoryRelay(limits, 100, InstantSource.system());
	}

	/** Waits until every session is over, and nothing goes on for any. */
	void awaitNothing() {
		await().atMost(PATIENCE).until(() -> this.heard.ended.size() == this.heard.opened.size());
		await().atMost(PATIENCE).until(this.flights::underWay, (flights) -> flights == 0);
		this.heard.clear();
	}

	void awaitEnd(TranslationListener.End end) {
		await().atMost(PATIENCE).until(() -> this.heard.ended.equals(List.of(end)));
	}

	/** The filter alone, before an upstream whose endpoint is at {@code /mcp}. */
	TestGateway.Builder alone(URI upstream, String... more) {
		return with(TestGateway.bare()).route("sse", upstream, "/sse,/sse/message", filters("/mcp", more));
	}

	/** Everything a client passes, before the simulator. */
	TestGateway.Builder bridge(URI upstream) {
		return with(TestGateway.bare()).property("mcp.bridge.upstream.url", upstream.toString())
			.property("mcp.bridge.authorization-server.enabled", "true")
			.route("sse", upstream, "/sse,/sse/message", filters("/v1/mcp", "McpBridge"));
	}

	private TestGateway.Builder with(TestGateway.Builder builder) {
		return builder.bean(McpSseClientsGatewayFilterFactory.class, new McpSseClientsGatewayFilterFactory(this.relay,
				this.flights, LIMITS, new SecureRandom(), this.heard));
	}

	private static String[] filters(String path, String... more) {
		String[] filters = new String[more.length + 2];
		System.arraycopy(more, 0, filters, 0, more.length);
		filters[more.length] = "McpSseClients";
		filters[more.length + 1] = "SetPath=" + path;
		return filters;
	}

	@Override
	public void close() {
		this.flights.close();
	}

}
