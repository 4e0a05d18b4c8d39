package dev.mcpbridge.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import com.nimbusds.oauth2.sdk.Scope;
import dev.mcpbridge.oauth.HttpUrl;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What an operator says about the upstream.
 * <p>
 * Refuses addresses that would carry tokens in the clear: {@code http} is for loopback
 * hosts only, unless {@code insecureHttp} is set.
 *
 * @param profile the shape of the upstream
 * @param url the origin of the MCP service, without a path
 * @param mcpPath the path of its streamable HTTP endpoint, or {@code null} if it has none
 * @param ssePath the path of its HTTP+SSE endpoint, or {@code null} if it has none
 * @param issuers which issuers its metadata may name
 * @param scopes the scopes to ask for; empty to ask for what its metadata names
 * @param registration how the gateway becomes its client
 * @param callback the redirect URI of the gateway, which an Atlassian admin has to allow
 * @param clientName the name shown to the person who logs in
 * @param insecureHttp whether {@code http} is accepted on every host
 * @param limits how long and how large an answer may be
 */
public record UpstreamSettings(UpstreamProfile profile, URI url, @Nullable String mcpPath, @Nullable String ssePath,
		IssuerPolicy issuers, List<String> scopes, Registration registration, URI callback, String clientName,
		boolean insecureHttp, Limits limits) {

	private static final Pattern PATH = Pattern.compile("/|(/[\\w.~!$&'()*+,;=:@%-]+)+/?");

	public UpstreamSettings {
		require("url", url, secure(url, insecureHttp), "an https URL, or http on a loopback host");
		require("url", url, isOrigin(url), "an origin such as https://mcp.atlassian.com, without path or query");
		require("callback", callback, secure(callback, insecureHttp), "an https URL, or http on a loopback host");
		require("mcp-path", mcpPath, isPath(mcpPath), "a path such as /v1/mcp");
		require("sse-path", ssePath, isPath(ssePath), "a path such as /v1/sse");
		require("mcp-path", "none", mcpPath != null || ssePath != null, "a path such as /mcp, here or in sse-path");
		url = URI.create(url.getScheme() + "://" + url.getRawAuthority());
		scopes = List.copyOf(scopes);
	}

	/**
	 * Returns the settings of an upstream that is exactly as its profile says.
	 * @param profile the shape of the upstream
	 * @param url the origin of the MCP service
	 * @param callback the redirect URI of the gateway
	 * @return the settings
	 */
	public static UpstreamSettings of(UpstreamProfile profile, URI url, URI callback) {
		return new UpstreamSettings(profile, url, profile.mcpPath(), profile.ssePath(),
				new IssuerPolicy(IssuerPolicy.Validation.PINNED, profile.issuers()), profile.scopes(),
				new Registration.PerGrant(), callback, "MCP Bridge Gateway", false, Limits.DEFAULT);
	}

	/** The endpoint the tokens are for: streamable HTTP if there is one. */
	URI endpoint() {
		return this.url.resolve(Objects.requireNonNull((this.mcpPath != null) ? this.mcpPath : this.ssePath));
	}

	/** What is configured, else what the upstream says; {@code null} to leave it out. */
	@Nullable Scope scopesFor(UpstreamServer server) {
		List<String> asked = this.scopes.isEmpty() ? server.scopesSupported() : this.scopes;
		return asked.isEmpty() ? null : new Scope(asked.toArray(String[]::new));
	}

	/**
	 * Whether an address found in a foreign document may be called. A remote upstream
	 * must not send us to a port of our own machine.
	 */
	boolean allows(URI address) {
		return secure(address, this.insecureHttp) && address.getRawFragment() == null
				&& (HttpUrl.isLoopback(this.url.getHost()) || !HttpUrl.isLoopback(address.getHost()));
	}

	private static boolean secure(URI address, boolean insecureHttp) {
		return address.getHost() != null && address.getRawUserInfo() == null
				&& HttpUrl.isAllowed(address, insecureHttp);
	}

	private static boolean isOrigin(URI url) {
		boolean bare = url.getRawPath().isEmpty() || url.getRawPath().equals("/");
		return bare && url.getRawQuery() == null && url.getRawFragment() == null;
	}

	private static boolean isPath(@Nullable String path) {
		return path == null || PATH.matcher(path).matches();
	}

	private static void require(String name, @Nullable Object value, boolean valid, String expected) {
		if (!valid) {
			throw new IllegalArgumentException(
					"mcp.bridge.upstream.%s: %s (expected: %s)".formatted(name, value, expected));
		}
	}

	/**
	 * How long and how large an answer of the upstream may be.
	 *
	 * @param connect how long a connection may take
	 * @param answer how long an answer may take, from the first packet to the last
	 * @param size how large the body of an answer may be
	 * @param metadata how long discovered metadata is good for
	 * @param tokenLifetime how long an access token lives whose answer does not say it
	 */
	public record Limits(Duration connect, Duration answer, DataSize size, Duration metadata, Duration tokenLifetime) {

		/** The token lifetime is the one captured at Atlassian. */
		public static final Limits DEFAULT = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(20),
				DataSize.ofKilobytes(256), Duration.ofHours(1), Duration.ofSeconds(3300));

		public Limits {
			require("connect-timeout", connect, connect.toMillis() > 0, "a positive duration");
			require("answer-timeout", answer, answer.toMillis() > 0, "a positive duration");
			require("answer-size", size, size.toBytes() > 0, "a positive size");
			require("metadata-cache", metadata, !metadata.isNegative(), "a duration, or 0 to ask every time");
			require("token-lifetime", tokenLifetime, !tokenLifetime.isNegative(), "a duration");
		}

	}

}
