package dev.mcpbridge.app.probe.lifecycle;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import dev.mcpbridge.app.probe.contract.Contract;
import dev.mcpbridge.app.probe.mcp.McpEndpoint;
import dev.mcpbridge.app.probe.mcp.Wire;
import dev.mcpbridge.app.probe.signin.LoopbackListener;
import dev.mcpbridge.app.probe.signin.Visitor;
import dev.mcpbridge.app.probe.token.Lifetimes;
import dev.mcpbridge.app.probe.token.Redaction;
import dev.mcpbridge.upstream.IssuerPolicy;
import dev.mcpbridge.upstream.Registration;
import dev.mcpbridge.upstream.Upstream;
import dev.mcpbridge.upstream.UpstreamHttp;
import dev.mcpbridge.upstream.UpstreamProfile;
import dev.mcpbridge.upstream.UpstreamSettings;
import org.jspecify.annotations.Nullable;

/**
 * Prepares an experiment.
 */
public final class LifecycleBuilder {

	private static final Duration CONNECT = Duration.ofSeconds(5);

	private static final Duration ANSWER = Duration.ofSeconds(30);

	private static final UpstreamSettings.Limits LIMITS = new UpstreamSettings.Limits(CONNECT, ANSWER,
			UpstreamSettings.Limits.DEFAULT.size(), Duration.ofDays(1), Lifetimes.NOT_SAID);

	private final URI target;

	private final Contract contract;

	private final Contract.Terms terms;

	private @Nullable Visitor visitor;

	private Duration patience = Duration.ofMinutes(5);

	private int port;

	private Waiting waiting = new Waiting(false, null);

	private @Nullable Pause pause;

	private InstantSource clock = InstantSource.system();

	private Consumer<String> progress = (line) -> {
	};

	/**
	 * Begins with an experiment nobody signs in for.
	 * @param target the origin of the service
	 * @param contract what is expected of it
	 * @param terms how it is spoken to
	 */
	public LifecycleBuilder(URI target, Contract contract, Contract.Terms terms) {
		this.target = target;
		this.contract = contract;
		this.terms = terms;
	}

	/**
	 * Says how somebody signs in.
	 * @param visitor who, or {@code null} for nobody
	 * @param patience how long they may take
	 * @param port where the browser comes back to, or 0 for any free port
	 * @return this
	 */
	public LifecycleBuilder signIn(@Nullable Visitor visitor, Duration patience, int port) {
		this.visitor = visitor;
		this.patience = patience;
		this.port = port;
		return this;
	}

	/**
	 * Says whether the end of a token is awaited.
	 * @param waiting whether
	 * @return this
	 */
	public LifecycleBuilder waiting(Waiting waiting) {
		this.waiting = waiting;
		return this;
	}

	/**
	 * Says what is being done.
	 * @param progress takes the lines
	 * @return this
	 */
	public LifecycleBuilder progress(Consumer<String> progress) {
		this.progress = progress;
		return this;
	}

	/**
	 * Goes by another clock than the machine's.
	 * @param clock the clock
	 * @param pause how time goes by
	 * @return this
	 */
	public LifecycleBuilder clock(InstantSource clock, Pause pause) {
		this.clock = clock;
		this.pause = pause;
		return this;
	}

	/**
	 * Begins to listen for the browser.
	 * @return the experiment, to be run once and closed
	 */
	public Lifecycle build() {
		LoopbackListener listener = new LoopbackListener(this.port);
		HttpClient http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(CONNECT)
			.followRedirects(HttpClient.Redirect.NEVER)
			.build();
		Wire wire = new Wire(http, ANSWER);
		UpstreamProfile profile = UpstreamProfile
			.valueOf(this.terms.upstream().toUpperCase(Locale.ROOT).replace('-', '_'));
		McpEndpoint.Transport transport = McpEndpoint.Transport
			.valueOf(this.terms.transport().toUpperCase(Locale.ROOT));
		Equipment equipment = new Equipment(this.target, this.terms,
				upstream(listener, profile, new IssuerPolicy(IssuerPolicy.Validation.PINNED, profile.issuers())),
				upstream(listener, profile, new IssuerPolicy(IssuerPolicy.Validation.OFF, Set.of())),
				McpEndpoint.of(transport, this.target.resolve(this.terms.path()), this.terms.revision(), wire), wire,
				listener, this.visitor, this.patience, this.waiting, this.clock,
				(this.pause != null) ? this.pause : Pause.real(this.clock, this.progress), new Redaction());
		return new Lifecycle(equipment, this.contract, this.clock, this.progress);
	}

	private Upstream upstream(LoopbackListener listener, UpstreamProfile profile, IssuerPolicy issuers) {
		boolean sse = this.terms.transport().equals("sse");
		UpstreamSettings settings = new UpstreamSettings(profile, this.target, sse ? null : this.terms.path(),
				sse ? this.terms.path() : null, issuers, profile.scopes(), new Registration.PerGrant(),
				listener.redirectUri(), "MCP Bridge Gateway probe", false, LIMITS);
		return Upstream.of(new UpstreamHttp(reactor.netty.http.client.HttpClient.create(), LIMITS, this.clock),
				settings, this.clock);
	}

}
