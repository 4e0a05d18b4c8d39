package dev.mcpbridge.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import dev.mcpbridge.oauth.PublicUrl;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.translation.Transport;
import dev.mcpbridge.upstream.IssuerPolicy;
import dev.mcpbridge.upstream.Registration;
import dev.mcpbridge.upstream.UpstreamProfile;
import dev.mcpbridge.upstream.UpstreamSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The upstream, and how we are its client.
 *
 * @param url the origin of the MCP service
 * @param profile the shape of the service
 * @param mcpPath the path of its streamable HTTP endpoint; empty for the profile's
 * @param ssePath the path of its HTTP+SSE endpoint; empty for the profile's
 * @param messagePath the path HTTP+SSE messages are posted to; empty for /message below
 * the path of the stream. Routes use it, nothing else
 * @param transports the transports it speaks; empty for those it has a path for. Routes
 * use them, nothing else
 * @param issuer issuers its metadata may name besides where it is found; empty for the
 * profile's
 * @param issuerValidation how strictly the named issuer is compared
 * @param scopes the scopes to ask for; empty for the profile's
 * @param registration how we become its client
 * @param clientId the identifier of the client registered by hand, for static
 * @param clientSecret its secret, for static
 * @param clientName what we call ourselves when we register
 * @param connectTimeout how long a connection may take
 * @param answerTimeout how long its authorization server may take to answer
 * @param answerSize how large an answer of its authorization server may be
 * @param metadataCache how long discovered metadata is good for
 * @param tokenLifetime how long its tokens live when it does not say so
 */
@ConfigurationProperties("mcp.bridge.upstream")
record McpUpstreamProperties(@DefaultValue("https://mcp.atlassian.com") URI url,
		@DefaultValue("atlassian-v1") UpstreamProfile profile, @Nullable String mcpPath, @Nullable String ssePath,
		@Nullable String messagePath, @DefaultValue List<Transport> transports, @DefaultValue List<String> issuer,
		@DefaultValue("pinned") IssuerPolicy.Validation issuerValidation, @DefaultValue List<String> scopes,
		@DefaultValue("per-grant") Mode registration, @Nullable String clientId, @Nullable String clientSecret,
		@DefaultValue("MCP Bridge Gateway") String clientName, @DefaultValue("5s") Duration connectTimeout,
		@DefaultValue("20s") Duration answerTimeout, @DefaultValue("256KB") DataSize answerSize,
		@DefaultValue("1h") Duration metadataCache, @DefaultValue("55m") Duration tokenLifetime) {

	/**
	 * Returns the transports an upstream speaks.
	 * @param configured what an operator says, empty for whatever there is a path for
	 * @param mcpPath the path of its streamable HTTP endpoint, or {@code null}
	 * @param ssePath the path of its HTTP+SSE endpoint, or {@code null}
	 */
	static List<Transport> transports(List<Transport> configured, @Nullable String mcpPath, @Nullable String ssePath) {
		if (!configured.isEmpty()) {
			return configured;
		}
		return Stream.of(Transport.values())
			.filter((transport) -> ((transport == Transport.SSE) ? ssePath : mcpPath) != null)
			.toList();
	}

	UpstreamSettings settings(PublicUrl publicUrl, String callbackPath, boolean insecureHttp) {
		requirePath(Transport.STREAMABLE, "mcp-path", mcpPathOrDefault());
		requirePath(Transport.SSE, "sse-path", ssePathOrDefault());
		return new UpstreamSettings(this.profile, this.url, mcpPathOrDefault(), ssePathOrDefault(), issuers(),
				scopesOrDefault(), registered(), publicUrl.at(callbackPath), this.clientName, insecureHttp,
				new UpstreamSettings.Limits(this.connectTimeout, this.answerTimeout, this.answerSize,
						this.metadataCache, this.tokenLifetime));
	}

	List<String> scopesOrDefault() {
		return this.scopes.isEmpty() ? this.profile.scopes() : this.scopes;
	}

	@Nullable String mcpPathOrDefault() {
		return present(this.mcpPath, this.profile.mcpPath());
	}

	@Nullable String ssePathOrDefault() {
		return present(this.ssePath, this.profile.ssePath());
	}

	/** Returns the one that routes use: empty for a transport they do not. */
	@Nullable String pathOf(Transport transport) {
		boolean spoken = transports(this.transports, mcpPathOrDefault(), ssePathOrDefault()).contains(transport);
		String path = (transport == Transport.SSE) ? ssePathOrDefault() : mcpPathOrDefault();
		return spoken ? path : null;
	}

	private IssuerPolicy issuers() {
		Set<String> pinned = this.issuer.isEmpty() ? this.profile.issuers() : Set.copyOf(this.issuer);
		return new IssuerPolicy(this.issuerValidation, pinned);
	}

	private Registration registered() {
		return switch (this.registration) {
			case PER_GRANT -> new Registration.PerGrant();
			case PER_CLIENT -> new Registration.PerClient();
			case STATIC -> new Registration.Static(Objects.requireNonNullElse(this.clientId, ""),
					(this.clientSecret != null && !this.clientSecret.isBlank()) ? Secret.of(this.clientSecret) : null);
		};
	}

	private void requirePath(Transport transport, String property, @Nullable String path) {
		if (this.transports.contains(transport) && path == null) {
			throw new IllegalArgumentException(
					"mcp.bridge.upstream.transports: %s (expected: mcp.bridge.upstream.%s too)"
						.formatted(transport.name().toLowerCase(Locale.ROOT), property));
		}
	}

	private static @Nullable String present(@Nullable String configured, @Nullable String otherwise) {
		return (configured != null && !configured.isBlank()) ? configured : otherwise;
	}

	@Override
	public String toString() {
		return "McpUpstreamProperties[url=%s, profile=%s]".formatted(this.url, this.profile);
	}

	/** How we become the upstream's client. */
	enum Mode {

		/** A new client for every login. */
		PER_GRANT,

		/** One client for each client of ours. */
		PER_CLIENT,

		/** One client for everybody, registered by hand. */
		STATIC

	}

}
