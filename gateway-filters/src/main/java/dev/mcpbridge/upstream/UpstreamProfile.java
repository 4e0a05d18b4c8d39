package dev.mcpbridge.upstream;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The named shape of an upstream: its paths, the issuers it is known to name, the scopes
 * to ask for. Every value is a default that {@link UpstreamSettings} may replace.
 */
public enum UpstreamProfile {

	/** Atlassian's first surface: HTTP+SSE only, opaque tokens of 55 minutes. */
	ATLASSIAN_SSE(null, "/v1/sse", "/v1", false, Known.OPAQUE_ISSUERS, Known.JIRA_SCOPES),

	/**
	 * Streamable HTTP with the same tokens as {@link #ATLASSIAN_SSE}, served beside it.
	 */
	ATLASSIAN_V1("/v1/mcp", "/v1/sse", "/v1", false, Known.OPAQUE_ISSUERS, Known.JIRA_SCOPES),

	/** Atlassian's recommendation of 2026: a path-scoped issuer, tokens of 8 hours. */
	ATLASSIAN_AUTHV2("/v1/mcp/authv2", null, null, true, Known.AUTH_ISSUERS, List.of()),

	/** The successor of {@link #ATLASSIAN_AUTHV2}, which requires {@code resource}. */
	ATLASSIAN_V2("/v2/mcp", null, null, true, Known.AUTH_ISSUERS, List.of()),

	/** Any other MCP service; at least one path has to be configured. */
	CUSTOM(null, null, "", true, Set.of(), List.of());

	private final @Nullable String mcpPath;

	private final @Nullable String ssePath;

	private final @Nullable String endpointPrefix;

	private final boolean resourceSent;

	private final Set<String> issuers;

	private final List<String> scopes;

	UpstreamProfile(@Nullable String mcpPath, @Nullable String ssePath, @Nullable String endpointPrefix,
			boolean resourceSent, Set<String> issuers, List<String> scopes) {
		this.mcpPath = mcpPath;
		this.ssePath = ssePath;
		this.endpointPrefix = endpointPrefix;
		this.resourceSent = resourceSent;
		this.issuers = issuers;
		this.scopes = scopes;
	}

	/**
	 * Returns where the streamable HTTP endpoint is.
	 * @return the path, or {@code null} if the upstream has none
	 */
	public @Nullable String mcpPath() {
		return this.mcpPath;
	}

	/**
	 * Returns where the HTTP+SSE endpoint is.
	 * @return the path, or {@code null} if the upstream has none
	 */
	public @Nullable String ssePath() {
		return this.ssePath;
	}

	/**
	 * Returns what precedes {@code /authorize}, {@code /token} and {@code /register} at
	 * an upstream that publishes no metadata at all.
	 * @return the path prefix, or {@code null} if such an upstream is an error
	 * @see <a href=
	 * "https://modelcontextprotocol.io/specification/2025-03-26/basic/authorization#fallbacks-for-servers-without-metadata-discovery">MCP
	 * 2025-03-26, fallbacks for servers without metadata discovery</a>
	 */
	public @Nullable String endpointPrefix() {
		return this.endpointPrefix;
	}

	/**
	 * Tells whether requests name the MCP endpoint in {@code resource}.
	 * @return whether {@code resource} is sent
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2">RFC 8707, section
	 * 2</a>
	 */
	public boolean resourceSent() {
		return this.resourceSent;
	}

	/**
	 * Returns the issuers the upstream is known to name although they differ from where
	 * its metadata is found.
	 * @return the issuers, exactly as the metadata spells them
	 */
	public Set<String> issuers() {
		return this.issuers;
	}

	/**
	 * Returns the scopes to ask for.
	 * @return the scopes; empty to ask for what the resource metadata names
	 */
	public List<String> scopes() {
		return this.scopes;
	}

	private static final class Known {

		static final Set<String> OPAQUE_ISSUERS = Set.of(
				"https://atlassian-remote-mcp-production.atlassian-remote-mcp-server-production.workers.dev",
				"https://cf.mcp.atlassian.com", "https://mcp.atlassian.com");

		/** Found under a path of this host, the metadata names the host alone. */
		static final Set<String> AUTH_ISSUERS = Set.of("https://auth.atlassian.com");

		static final List<String> JIRA_SCOPES = List.of("read:jira-work", "write:jira-work", "offline_access");

	}

}
