package dev.mcpbridge.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import dev.mcpbridge.simulator.mcp.McpServer;

/**
 * An Atlassian to test against: its remote MCP service and authorization server as
 * captured, on a local port, with faults on demand and a memory of what it saw.
 */
public final class AtlassianSimulator implements AutoCloseable {

	/** The issuer Atlassian's metadata names, wherever it is found. */
	public static final String CAPTURED_ISSUER = "https://atlassian-remote-mcp-production.atlassian-remote-mcp-server-production.workers.dev";

	/** The person of the captured tokens. */
	public static final String CAPTURED_PERSON = "5cab6ba65d3a4c096bc47e88";

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private final SettableClock clock;

	private final Service service;

	/** Its own: a gateway that stops takes the shared ones with it. */
	private final LoopResources loops = LoopResources.create("simulator");

	private final DisposableServer server;

	AtlassianSimulator(int port, SettableClock clock, Service service) {
		this.clock = clock;
		this.service = service;
		this.server = HttpServer.create()
			.runOn(this.loops)
			.host("localhost")
			.port(port)
			.channelGroup(this.connections)
			.handle(service::handle)
			.bindNow();
	}

	/**
	 * Starts one that behaves as captured.
	 * @return the running simulator
	 */
	public static AtlassianSimulator start() {
		return builder().start();
	}

	/**
	 * Prepares one that differs from the captured service.
	 * @return the differences, none yet
	 */
	public static AtlassianSimulatorBuilder builder() {
		return new AtlassianSimulatorBuilder();
	}

	/**
	 * Returns where it listens.
	 * @return {@code http://localhost:port}
	 */
	public URI url() {
		return URI.create("http://localhost:" + this.server.port());
	}

	/**
	 * Returns the clock its tokens and clients end by.
	 * @return the clock
	 */
	public SettableClock clock() {
		return this.clock;
	}

	/**
	 * Returns what goes wrong.
	 * @return the faults, to be added to
	 */
	public Faults faults() {
		return this.service.faults();
	}

	/**
	 * Returns the MCP server, to hear what it saw and to let it speak.
	 * @return the server
	 */
	public McpServer mcp() {
		return this.service.mcp();
	}

	/**
	 * Lets somebody else sit before the next consent.
	 * @param person 24 hex digits
	 */
	public void nextUser(String person) {
		this.service.authorization().nextPerson(person);
	}

	/** Ends every access token; refresh tokens live on. */
	public void expireAllAccessTokens() {
		this.service.authorization().expireAccessTokens();
	}

	/**
	 * Ends one access token.
	 * @param token the access token
	 */
	public void expireAccessToken(String token) {
		this.service.authorization().expireAccessToken(token);
	}

	/**
	 * Answers 401 to the first uses of each access token issued from now on.
	 * @param times how many uses; 0 ends it
	 */
	public void refuseFreshTokens(int times) {
		this.service.authorization().refuseFreshTokens(times);
	}

	/**
	 * Answers 429 to a person with more tool calls under way.
	 * @param most how many are answered at once
	 * @param retryAfter what it says when to come back
	 */
	public void allowCallsAtOnce(int most, String retryAfter) {
		this.service.atOnce().allow(most, retryAfter);
	}

	/**
	 * Counts the tool calls that were answered with 429.
	 * @return how many
	 */
	public int callsRefused() {
		return this.service.atOnce().refused();
	}

	/**
	 * Counts the tool calls of one person that were under way at once.
	 * @return the most there ever were
	 */
	public int mostCallsAtOnce() {
		return this.service.atOnce().highest();
	}

	/** Forgets every registered client, as if all had expired. */
	public void forgetClients() {
		this.service.authorization().forgetClients();
	}

	/** Forgets every MCP session, as after a restart. */
	public void forgetSessions() {
		this.service.mcp().forgetSessions();
	}

	/** Cuts every open stream without a farewell; its session lives on, deaf. */
	public void killStreams() {
		this.service.streams().kill();
	}

	/** Tells every listening stream that the tools changed. */
	public void announceToolsChanged() {
		this.service.mcp().announceToolsChanged();
	}

	/**
	 * Counts refresh tokens redeemed, lost answers included.
	 * @return how many
	 */
	public int refreshes() {
		return this.service.authorization().refreshes();
	}

	/**
	 * Counts tokens given back by clients it knows, whatever they were worth.
	 * @return how many
	 */
	public int revocations() {
		return this.service.authorization().revocations();
	}

	/**
	 * Counts clients registered.
	 * @return how many
	 */
	public int registrations() {
		return this.service.authorization().registrations();
	}

	/**
	 * Counts consents given.
	 * @return how many
	 */
	public int authorizations() {
		return this.service.authorization().authorizations();
	}

	/**
	 * Counts requests to the token endpoint, refused and failed ones included.
	 * @return how many
	 */
	public int tokenRequests() {
		return this.service.traffic().count(Endpoint.TOKEN);
	}

	/**
	 * Counts requests to the MCP endpoints, refused and failed ones included.
	 * @return how many
	 */
	public int mcpRequests() {
		return this.service.traffic().count(Endpoint.MCP);
	}

	/**
	 * Counts event streams open now.
	 * @return how many
	 */
	public int openStreams() {
		return this.service.streams().count();
	}

	/**
	 * Lists what the MCP endpoints received.
	 * @return the last 1000 requests, oldest first
	 */
	public List<ReceivedRequest> requests() {
		return requests(Endpoint.MCP);
	}

	/**
	 * Lists what an endpoint received.
	 * @param endpoint which
	 * @return its last 1000 requests, oldest first
	 */
	public List<ReceivedRequest> requests(Endpoint endpoint) {
		return this.service.traffic().requests(endpoint);
	}

	/**
	 * Lists every access and refresh token ever issued, for tests that look for leaks.
	 * @return the tokens, oldest first
	 */
	public List<String> issuedTokens() {
		return this.service.authorization().issuedTokens();
	}

	@Override
	public void close() {
		this.connections.close().syncUninterruptibly();
		this.server.disposeNow(Duration.ofSeconds(5));
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block(Duration.ofSeconds(6));
	}

}
