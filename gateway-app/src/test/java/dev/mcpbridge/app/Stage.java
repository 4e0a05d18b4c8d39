package dev.mcpbridge.app;

import java.net.URI;
import java.time.Duration;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.AtlassianSimulatorBuilder;
import dev.mcpbridge.testing.TcpProxy;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;

/**
 * The shipped gateway before a service of one transport, behind a wire that can be cut.
 */
final class Stage implements AutoCloseable {

	private final Sinks.Many<Integer> pace = Sinks.many().multicast().onBackpressureBuffer(16, false);

	private final TcpProxy wire = TcpProxy.start();

	private final AtlassianSimulator atlassian;

	private final TestGateway gateway;

	Stage(UpstreamKind upstream) {
		this(upstream, upstream.simulated());
	}

	/**
	 * Begins with a service that differs from what is usual of its kind.
	 * @param upstream the kind
	 * @param simulator the service
	 */
	Stage(UpstreamKind upstream, AtlassianSimulatorBuilder simulator) {
		this(upstream, simulator, Duration.ofMinutes(30));
	}

	/**
	 * Begins with a gateway that soon ends sessions of streamable clients nobody uses.
	 * @param upstream the kind
	 * @param idle how soon
	 */
	Stage(UpstreamKind upstream, Duration idle) {
		this(upstream, upstream.simulated(), idle);
	}

	private Stage(UpstreamKind upstream, AtlassianSimulatorBuilder simulator, Duration idle) {
		this.atlassian = simulator.toolsPerPage(10).progressPace(this.pace.asFlux()).start();
		this.gateway = TestGateway.of(GatewayApplication.class)
			.property("mcp.bridge.public-url", this.wire.url().toString())
			.property("mcp.bridge.upstream.url", this.atlassian.url().toString())
			.property("mcp.bridge.upstream.profile", upstream.profile())
			.property("mcp.bridge.translation.idle", idle.toString())
			.start();
		this.wire.to(this.gateway.url());
	}

	AtlassianSimulator atlassian() {
		return this.atlassian;
	}

	URI url(String path) {
		return this.wire.url().resolve(path);
	}

	/**
	 * Takes somebody through the front desk, and the official Java SDK to an endpoint.
	 */
	SdkClient connect(String path) {
		String token = SdkClient.signIn(TestClient.register(this.wire.url()), url(path)).accessToken();
		return SdkClient.connect(this.wire.url(), path, () -> token);
	}

	/** Lets each call of the tool that reports its progress go one step. */
	void step() {
		this.pace.emitNext(1, EmitFailureHandler.FAIL_FAST);
	}

	/** Cuts every connection between clients and the gateway. */
	void cutClients() {
		this.wire.cut();
	}

	/** Cuts every stream between the gateway and the service. */
	void cutUpstream() {
		this.atlassian.killStreams();
	}

	@Override
	public void close() {
		this.gateway.close();
		this.wire.close();
		this.atlassian.close();
	}

}
