package dev.mcpbridge.boards;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.mcpbridge.app.GatewayApplication;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.store.LocalRedis;
import dev.mcpbridge.testing.TestGateway;

import org.springframework.core.env.Environment;

/**
 * People at work through two gateways, each of which translates one way and has a store
 * of its own kind, before an upstream whose tokens last for seconds; and everything that
 * may go wrong.
 */
final class Office implements AutoCloseable {

	private static final Duration PACE = Duration.ofMillis(250);

	private final AtlassianSimulator atlassian = AtlassianSimulator.builder()
		.tokenLifetime(Duration.ofSeconds(20))
		.start();

	private final LocalRedis redis = LocalRedis.start();

	private final TestGateway streamable = gateway("streamable", "embedded");

	private final TestGateway sse = gateway("sse", "redis");

	private final ScheduledExecutorService day = Executors.newScheduledThreadPool(4);

	private final List<Worker> workers = new ArrayList<>();

	/** Begins with some people at each gateway. */
	Office(int people) {
		for (TestGateway gateway : List.of(this.streamable, this.sse)) {
			for (int count = 0; count < people; count++) {
				Worker worker = new Worker(gateway.url());
				this.workers.add(worker);
				attempt(worker::step);
				attempt(() -> worker.listen("/sse"));
				this.day.scheduleWithFixedDelay(() -> attempt(worker::step), 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
	}

	/** Where the gateways are scraped. */
	List<String> managementPorts() {
		return Stream.of(this.streamable, this.sse)
			.map((gateway) -> gateway.bean(Environment.class).getRequiredProperty("local.management.port"))
			.toList();
	}

	/** People and clients do what they should not. */
	void misbehave() {
		Worker one = this.workers.get(0);
		Worker another = this.workers.get(1);
		attempt(() -> one.stumble("not a token"));
		attempt(() -> one.intrude(another.session()));
		attempt(() -> one.intrude("made up"));
		attempt(one::renewTwice);
		attempt(another::leave);
	}

	/** The upstream breaks streams, forgets, refuses and fails now and then. */
	void stumble() {
		this.atlassian.killStreams();
		this.atlassian.faults().next(3, Endpoint.MCP, Fault.status(502));
		endTokens();
		this.atlassian.faults().next(3, Endpoint.TOKEN, Fault.invalidClient());
		this.workers.forEach((worker) -> attempt(() -> worker.listen("/sse")));
	}

	/** The upstream ends access tokens before their time. */
	void endTokens() {
		this.atlassian.expireAllAccessTokens();
	}

	/** The upstream's authorization server is away. */
	void beginOutage() {
		this.atlassian.faults().always(Endpoint.TOKEN, Fault.status(503));
		this.atlassian.faults().always(Endpoint.DISCOVERY, Fault.status(503));
		endTokens();
	}

	void endOutage() {
		this.atlassian.faults().clear();
	}

	@Override
	public void close() {
		this.day.shutdownNow();
		this.sse.close();
		this.streamable.close();
		this.redis.close();
		this.atlassian.close();
	}

	/** What fails today is tried again; this is not where it is noticed. */
	private static void attempt(Runnable work) {
		try {
			work.run();
		}
		catch (RuntimeException | AssertionError ex) {
			// An outage is what the boards are to show.
		}
	}

	private TestGateway gateway(String transport, String store) {
		return TestGateway.of(GatewayApplication.class)
			.property("mcp.bridge.upstream.url", this.atlassian.url().toString())
			.property("mcp.bridge.upstream.transports", transport)
			.property("mcp.bridge.store", store)
			.property("mcp.bridge.store-timeout", "10s")
			.property("mcp.bridge.refresh.background-rate", "10")
			.property("spring.data.redis.port", String.valueOf(this.redis.port()))
			.property("resilience4j.circuitbreaker.instances.mcp-upstream.wait-duration-in-open-state", "2s")
			.property("management.server.port", "0")
			.start();
	}

}
