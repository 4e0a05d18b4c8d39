package dev.mcpbridge.simulator;

import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import dev.mcpbridge.simulator.mcp.AnswerStyle;
import dev.mcpbridge.simulator.mcp.McpServer;
import dev.mcpbridge.simulator.mcp.McpSettings;
import dev.mcpbridge.simulator.mcp.Transports;
import dev.mcpbridge.simulator.oauth.AuthorizationServer;
import dev.mcpbridge.simulator.oauth.OAuthSettings;
import dev.mcpbridge.simulator.oauth.RotationRule;

/**
 * Says how an {@link AtlassianSimulator} differs from the captured service.
 */
public final class AtlassianSimulatorBuilder {

	private int port;

	private SettableClock clock = SettableClock.ticking();

	private @Nullable String issuer = AtlassianSimulator.CAPTURED_ISSUER;

	private String issuerPath = "";

	private Duration tokenLifetime = Duration.ofSeconds(3300);

	private UnaryOperator<String> tokenLook = UnaryOperator.identity();

	private Duration clientLifetime = Duration.ofDays(90);

	private RotationRule rotation = RotationRule.GRACE;

	private boolean autoApprove;

	private boolean resourceMetadata;

	private boolean revocation = true;

	private boolean revokesOtherGrants = true;

	private Set<String> redirectHosts = Set.of();

	private String person = AtlassianSimulator.CAPTURED_PERSON;

	private AnswerStyle answers = AnswerStyle.JSON;

	private boolean listsSimulatorTools;

	private boolean refusesInitialized;

	private int toolsPerPage = 100;

	private Duration linger = Duration.ZERO;

	private @Nullable Publisher<?> pace;

	private Transports transports = Transports.both();

	private boolean cookies;

	AtlassianSimulatorBuilder() {
	}

	/**
	 * Listens on a port of its own.
	 * @param port the port; 0, the default, is any free one
	 * @return this
	 */
	public AtlassianSimulatorBuilder port(int port) {
		this.port = port;
		return this;
	}

	/**
	 * Tells time by another clock.
	 * @param clock the clock; by default it ticks
	 * @return this
	 */
	public AtlassianSimulatorBuilder clock(SettableClock clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * Names another issuer in the metadata.
	 * @param issuer the issuer; {@code null} is the address the metadata is found at,
	 * which is what strict clients expect
	 * @return this
	 */
	public AtlassianSimulatorBuilder issuer(@Nullable String issuer) {
		this.issuer = issuer;
		return this;
	}

	/**
	 * Behaves like the authorization server behind {@code /v1/mcp/authv2}: a path-scoped
	 * issuer, 8 h access tokens, single-use refresh tokens, resource metadata.
	 * @return this
	 */
	public AtlassianSimulatorBuilder authv2() {
		this.issuer = null;
		this.issuerPath = "/VCeDsk8ZauthV2";
		this.tokenLifetime = Duration.ofHours(8);
		this.rotation = RotationRule.SINGLE_USE;
		this.resourceMetadata = true;
		return this;
	}

	/**
	 * Sets how long access tokens live.
	 * @param lifetime 3300 s by default
	 * @return this
	 */
	public AtlassianSimulatorBuilder tokenLifetime(Duration lifetime) {
		this.tokenLifetime = lifetime;
		return this;
	}

	/**
	 * Sets what access tokens look like.
	 * @param look makes them of the captured three parts
	 * @return this
	 */
	public AtlassianSimulatorBuilder tokenLook(UnaryOperator<String> look) {
		this.tokenLook = look;
		return this;
	}

	/**
	 * Sets how long registrations live.
	 * @param lifetime 90 days by default
	 * @return this
	 */
	public AtlassianSimulatorBuilder clientLifetime(Duration lifetime) {
		this.clientLifetime = lifetime;
		return this;
	}

	/**
	 * Sets what becomes of a used refresh token.
	 * @param rotation {@link RotationRule#GRACE} by default
	 * @return this
	 */
	public AtlassianSimulatorBuilder rotation(RotationRule rotation) {
		this.rotation = rotation;
		return this;
	}

	/**
	 * Redirects at once instead of showing the consent page.
	 * @param autoApprove off by default
	 * @return this
	 */
	public AtlassianSimulatorBuilder autoApprove(boolean autoApprove) {
		this.autoApprove = autoApprove;
		return this;
	}

	/**
	 * Publishes RFC 9728 metadata for every MCP path, and names it in challenges.
	 * @return this
	 */
	public AtlassianSimulatorBuilder publishResourceMetadata() {
		this.resourceMetadata = true;
		return this;
	}

	/**
	 * Does not publish that tokens can be given back.
	 * @return this
	 */
	public AtlassianSimulatorBuilder withoutRevocation() {
		this.revocation = false;
		return this;
	}

	/**
	 * Sets whether a new grant ends the person's other grants of the same client.
	 * @param revokes on by default
	 * @return this
	 */
	public AtlassianSimulatorBuilder revokesOtherGrants(boolean revokes) {
		this.revokesOtherGrants = revokes;
		return this;
	}

	/**
	 * Lets only these hosts, and loopback, be registered for redirects.
	 * @param hosts the hosts; none is all
	 * @return this
	 */
	public AtlassianSimulatorBuilder redirectHosts(String... hosts) {
		this.redirectHosts = Set.of(hosts);
		return this;
	}

	/**
	 * Sets who allows.
	 * @param person 24 hex digits
	 * @return this
	 */
	public AtlassianSimulatorBuilder person(String person) {
		this.person = person;
		return this;
	}

	/**
	 * Sets how streamable requests are answered.
	 * @param answers {@link AnswerStyle#JSON} by default
	 * @return this
	 */
	public AtlassianSimulatorBuilder answers(AnswerStyle answers) {
		this.answers = answers;
		return this;
	}

	/**
	 * Lists the simulator's own tools beside the 24 captured ones.
	 * @return this
	 */
	public AtlassianSimulatorBuilder listSimulatorTools() {
		this.listsSimulatorTools = true;
		return this;
	}

	/**
	 * Answers {@code notifications/initialized} with "Method not found" on legacy
	 * streams, as captured. Off by default: the answer has no id, and the MCP Java SDK
	 * gives the stream up for it.
	 * @return this
	 */
	public AtlassianSimulatorBuilder refuseInitialized() {
		this.refusesInitialized = true;
		return this;
	}

	/**
	 * Lists tools page by page.
	 * @param tools how many a page holds
	 * @return this
	 */
	public AtlassianSimulatorBuilder toolsPerPage(int tools) {
		this.toolsPerPage = tools;
		return this;
	}

	/**
	 * Leaves response streams of streamable requests open after their answer.
	 * @param linger how long; not at all by default
	 * @return this
	 */
	public AtlassianSimulatorBuilder linger(Duration linger) {
		this.linger = linger;
		return this;
	}

	/**
	 * Lets the progress tool go by a test's word rather than by time.
	 * @param pace each element lets one call go one step
	 * @return this
	 */
	public AtlassianSimulatorBuilder progressPace(Publisher<?> pace) {
		this.pace = pace;
		return this;
	}

	/**
	 * Sets which transports are served, and how well their streams bear a cut.
	 * @param transports {@link Transports#both()} by default
	 * @return this
	 */
	public AtlassianSimulatorBuilder transports(Transports transports) {
		this.transports = transports;
		return this;
	}

	/**
	 * Sets cookies on every answer, for tests that look for leaks.
	 * @return this
	 */
	public AtlassianSimulatorBuilder setCookies() {
		this.cookies = true;
		return this;
	}

	/**
	 * Starts to listen.
	 * @return the running simulator
	 */
	public AtlassianSimulator start() {
		OAuthSettings oauth = new OAuthSettings(this.issuer, this.issuerPath, this.tokenLifetime, this.tokenLook,
				this.clientLifetime, this.rotation, this.autoApprove, this.resourceMetadata, this.revocation,
				this.revokesOtherGrants, this.redirectHosts, this.person);
		McpSettings mcp = new McpSettings(this.answers, this.listsSimulatorTools, this.refusesInitialized,
				this.toolsPerPage, this.linger, this.pace, this.transports);
		Service service = new Service(new AuthorizationServer(oauth, this.clock), new McpServer(mcp),
				new EdgeHeaders(this.cookies, this.clock));
		return new AtlassianSimulator(this.port, this.clock, service);
	}

}
