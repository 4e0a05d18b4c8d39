package dev.mcpbridge.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.bridge.BridgeToken;
import dev.mcpbridge.bridge.BridgeTokenIssuer;
import dev.mcpbridge.bridge.BridgeTokens;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.refresh.GrantKeeper;
import dev.mcpbridge.refresh.RefreshOutcome;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.store.LocalRedis;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the token a client shows to the upstream token it stands for, with the beans of a
 * real gateway after a real login.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokenBench {

	static final int NEVER_SEEN = 1000;

	private static final Duration AHEAD = Duration.ofMinutes(5);

	@Param({ "memory", "embedded", "redis" })
	public String store = "memory";

	private AtlassianSimulator atlassian;

	private LocalRedis redis;

	private TestGateway gateway;

	private BridgeTokens tokens;

	private BridgeTokenIssuer issuer;

	private Grants grants;

	private GrantKeeper keeper;

	private Grant grant;

	private String seen;

	private String[] neverSeen;

	private int next;

	@Setup
	public void signIn() throws Exception {
		this.atlassian = AtlassianSimulator.start();
		TestGateway.Builder builder = TestGateway.inFrontOf(this.atlassian.url())
			.property("logging.level.root", "warn")
			.property("mcp.bridge.store", this.store);
		if (this.store.equals("embedded")) {
			Path data = Files.createTempDirectory("bench");
			builder.property("mcp.bridge.data-dir", data.toString());
		}
		if (this.store.equals("redis")) {
			this.redis = LocalRedis.start();
			builder.property("spring.data.redis.port", Integer.toString(this.redis.port()));
		}
		this.gateway = builder.start();
		this.tokens = this.gateway.bean(BridgeTokens.class);
		this.issuer = this.gateway.bean(BridgeTokenIssuer.class);
		this.grants = this.gateway.bean(Grants.class);
		this.keeper = this.gateway.bean(GrantKeeper.class);
		this.seen = TestClient.register(this.gateway.url()).signIn().accessToken();
		this.grant = this.grants.find(openWarm().grantId()).block();
	}

	/** A token is signed in a millisecond, and is new once only. */
	@Setup(Level.Iteration)
	public void mint() {
		this.next = 0;
		this.neverSeen = new String[NEVER_SEEN];
		for (int index = 0; index < NEVER_SEEN; index++) {
			this.neverSeen[index] = this.issuer.mint(this.grant, this.grant.tokens()).jwt().reveal();
		}
	}

	@TearDown
	public void stop() {
		this.gateway.close();
		this.atlassian.close();
		if (this.redis != null) {
			this.redis.close();
		}
	}

	@Benchmark
	public BridgeToken openWarm() {
		return this.tokens.open(this.seen).block();
	}

	@Benchmark
	@BenchmarkMode(Mode.SingleShotTime)
	@Warmup(iterations = 5, batchSize = NEVER_SEEN)
	@Measurement(iterations = 5, batchSize = NEVER_SEEN)
	public BridgeToken openCold() {
		return this.tokens.open(this.neverSeen[this.next++]).block();
	}

	/** What each request asks of the store and of the keeper, on one grant. */
	@Benchmark
	public RefreshOutcome fresh() {
		return this.grants.find(this.grant.id()).flatMap((found) -> this.keeper.fresh(found, AHEAD)).block();
	}

}
