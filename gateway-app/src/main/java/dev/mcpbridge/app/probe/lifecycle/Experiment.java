package dev.mcpbridge.app.probe.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import dev.mcpbridge.app.probe.token.Lifetimes;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.Upstream;
import dev.mcpbridge.upstream.UpstreamClient;
import dev.mcpbridge.upstream.UpstreamServer;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.jspecify.annotations.Nullable;

/**
 * What the steps have so far, from the metadata to the last tokens.
 */
final class Experiment {

	/** Longer than anything the upstream's own limits allow. */
	static final Duration PATIENCE = Duration.ofMinutes(1);

	private final Equipment equipment;

	private Upstream upstream;

	private @Nullable UpstreamServer server;

	private @Nullable UpstreamClient client;

	private @Nullable SignedIn signedIn;

	private @Nullable UpstreamTokens first;

	private @Nullable UpstreamTokens newest;

	private @Nullable Secret spent;

	private @Nullable String toolObstacle;

	Experiment(Equipment equipment) {
		this.equipment = equipment;
		this.upstream = equipment.upstream();
	}

	Equipment equipment() {
		return this.equipment;
	}

	Upstream upstream() {
		return this.upstream;
	}

	void found(Upstream upstream, UpstreamServer server) {
		this.upstream = upstream;
		this.server = server;
	}

	@Nullable String serverObstacle() {
		return (this.server == null) ? "no authorization server was found" : null;
	}

	UpstreamServer server() {
		return Objects.requireNonNull(this.server);
	}

	void registered(UpstreamClient client) {
		this.client = client;
		if (client.clientSecret() != null) {
			this.equipment.redaction().learn(client.clientSecret());
		}
	}

	@Nullable String clientObstacle() {
		return (this.client == null) ? "there is no client" : null;
	}

	UpstreamClient client() {
		return Objects.requireNonNull(this.client);
	}

	void signedIn(SignedIn signedIn) {
		this.signedIn = signedIn;
		this.equipment.redaction().learn(signedIn.code());
		this.equipment.redaction().learn(Secret.of(signedIn.verifier().getValue()));
	}

	@Nullable String codeObstacle() {
		return (this.signedIn == null) ? "nobody signed in" : null;
	}

	SignedIn signedIn() {
		return Objects.requireNonNull(this.signedIn);
	}

	/** Takes new tokens; a refresh token that was not replaced stays. */
	void got(UpstreamTokens tokens, @Nullable Secret spent) {
		this.equipment.redaction().learn(tokens.accessToken());
		Secret refreshToken = tokens.refreshToken();
		if (refreshToken != null) {
			this.equipment.redaction().learn(refreshToken);
		}
		this.newest = (refreshToken == null && spent != null) ? tokens.withRefreshToken(spent) : tokens;
		this.first = (this.first != null) ? this.first : tokens;
		this.spent = (refreshToken != null && !refreshToken.equals(spent)) ? spent : null;
	}

	@Nullable String tokenObstacle() {
		return (this.newest == null) ? "there is no token" : null;
	}

	@Nullable String refreshObstacle() {
		return (tokens().refreshToken() == null) ? "there is no refresh token" : null;
	}

	/** The tokens of the login, before any refresh. */
	UpstreamTokens first() {
		return Objects.requireNonNull(this.first);
	}

	/** The newest tokens. */
	UpstreamTokens tokens() {
		return Objects.requireNonNull(this.newest);
	}

	Secret refreshToken() {
		return Objects.requireNonNull(tokens().refreshToken());
	}

	boolean isRefreshed() {
		return this.newest != null && this.newest != this.first;
	}

	/** The refresh token that got the newest tokens, if it was replaced by another. */
	@Nullable Secret spent() {
		return this.spent;
	}

	void keepFromTool(String reason) {
		this.toolObstacle = reason;
	}

	@Nullable String callObstacle() {
		return (tokenObstacle() != null) ? tokenObstacle() : this.toolObstacle;
	}

	/** When the newest access token is at its end, or {@code null} if nobody said. */
	@Nullable Instant end() {
		Waiting waiting = this.equipment.waiting();
		if (waiting.lifetime() != null) {
			return tokens().issuedAt().plus(waiting.lifetime());
		}
		return Lifetimes.isSaid(tokens()) ? tokens().expiresAt().plus(Waiting.MARGIN) : null;
	}

}
