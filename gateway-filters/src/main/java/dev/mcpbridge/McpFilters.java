package dev.mcpbridge;

import dev.mcpbridge.access.McpBridgeTokenGatewayFilterFactory;
import dev.mcpbridge.access.McpChallengeGatewayFilterFactory;
import dev.mcpbridge.headers.McpCorsGatewayFilterFactory;
import dev.mcpbridge.headers.McpHeadersGatewayFilterFactory;
import dev.mcpbridge.policy.filter.McpToolsGatewayFilterFactory;
import dev.mcpbridge.record.McpRecordGatewayFilterFactory;
import dev.mcpbridge.session.McpSessionGatewayFilterFactory;
import dev.mcpbridge.stream.McpStreamGatewayFilterFactory;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.GatewayFilter;

/**
 * The filters for routes written in Java.
 *
 * <pre>{@code
 * routes.route("atlassian", (route) -> route.path("/mcp")
 * 	.filters((filters) -> filters.setPath("/v1/mcp").filter(mcp.bridge()))
 * 	.uri("https://mcp.atlassian.com"))
 * }</pre>
 */
public final class McpFilters {

	private final McpCorsGatewayFilterFactory cors;

	private final McpChallengeGatewayFilterFactory challenge;

	private final McpHeadersGatewayFilterFactory headers;

	private final McpStreamGatewayFilterFactory stream;

	private final McpToolsGatewayFilterFactory tools;

	private final @Nullable McpBridgeTokenGatewayFilterFactory bridgeToken;

	private final @Nullable McpSessionGatewayFilterFactory session;

	private final @Nullable McpRecordGatewayFilterFactory record;

	/**
	 * Takes the factories that YAML routes use too.
	 * @param cors {@code McpCors}
	 * @param challenge {@code McpChallenge}
	 * @param headers {@code McpHeaders}
	 * @param stream {@code McpStream}
	 * @param tools {@code McpTools}
	 * @param bridgeToken {@code McpBridgeToken}, or {@code null} where there are no
	 * tokens to unwrap
	 * @param session {@code McpSession}, or {@code null} where there are no keys to mark
	 * sessions with
	 * @param record {@code McpRecord}, or {@code null} where it is switched off
	 */
	public McpFilters(McpCorsGatewayFilterFactory cors, McpChallengeGatewayFilterFactory challenge,
			McpHeadersGatewayFilterFactory headers, McpStreamGatewayFilterFactory stream,
			McpToolsGatewayFilterFactory tools, @Nullable McpBridgeTokenGatewayFilterFactory bridgeToken,
			@Nullable McpSessionGatewayFilterFactory session, @Nullable McpRecordGatewayFilterFactory record) {
		this.cors = cors;
		this.challenge = challenge;
		this.bridgeToken = bridgeToken;
		this.session = session;
		this.record = record;
		this.headers = headers;
		this.stream = stream;
		this.tools = tools;
	}

	/**
	 * Returns all filters as one, with their defaults.
	 * @return the filter {@code McpBridge}
	 */
	public GatewayFilter bridge() {
		return new McpBridgeGatewayFilterFactory(this).apply((config) -> {
		});
	}

	/**
	 * Returns all filters as one.
	 * @param config its arguments
	 * @return the filter {@code McpBridge}
	 */
	public GatewayFilter bridge(McpBridgeGatewayFilterFactory.Config config) {
		return new McpBridgeGatewayFilterFactory(this).apply(config);
	}

	/**
	 * Returns the filter that owns CORS.
	 * @return the filter {@code McpCors} with its defaults
	 */
	public GatewayFilter cors() {
		return this.cors.apply(this.cors.newConfig());
	}

	/**
	 * Returns the filter that owns CORS.
	 * @param config its arguments
	 * @return the filter {@code McpCors}
	 */
	public GatewayFilter cors(McpCorsGatewayFilterFactory.Config config) {
		return this.cors.apply(config);
	}

	/**
	 * Returns the filter that gives every 401 one shape.
	 * @return the filter {@code McpChallenge} with its defaults
	 */
	public GatewayFilter challenge() {
		return this.challenge.apply(this.challenge.newConfig());
	}

	/**
	 * Returns the filter that gives every 401 one shape.
	 * @param config its arguments
	 * @return the filter {@code McpChallenge}
	 */
	public GatewayFilter challenge(McpChallengeGatewayFilterFactory.Config config) {
		return this.challenge.apply(config);
	}

	/**
	 * Returns the filter that unwraps bridge tokens.
	 * @return the filter {@code McpBridgeToken} with its defaults
	 */
	public GatewayFilter bridgeToken() {
		McpBridgeTokenGatewayFilterFactory factory = unwrapping();
		return factory.apply(factory.newConfig());
	}

	/**
	 * Returns the filter that unwraps bridge tokens.
	 * @param config its arguments
	 * @return the filter {@code McpBridgeToken}
	 */
	public GatewayFilter bridgeToken(McpBridgeTokenGatewayFilterFactory.Config config) {
		return unwrapping().apply(config);
	}

	/**
	 * Returns the filter that makes sessions their owner's alone.
	 * @return the filter {@code McpSession} with its defaults
	 */
	public GatewayFilter session() {
		McpSessionGatewayFilterFactory factory = marking();
		return factory.apply(factory.newConfig());
	}

	/**
	 * Returns the filter that makes sessions their owner's alone.
	 * @param config its arguments
	 * @return the filter {@code McpSession}
	 */
	public GatewayFilter session(McpSessionGatewayFilterFactory.Config config) {
		return marking().apply(config);
	}

	/**
	 * Returns the filter that decides which headers cross.
	 * @return the filter {@code McpHeaders} with its defaults
	 */
	public GatewayFilter headers() {
		return this.headers.apply(this.headers.newConfig());
	}

	/**
	 * Returns the filter that decides which headers cross.
	 * @param config its arguments
	 * @return the filter {@code McpHeaders}
	 */
	public GatewayFilter headers(McpHeadersGatewayFilterFactory.Config config) {
		return this.headers.apply(config);
	}

	/**
	 * Returns the filter that judges calls of tools.
	 * @return the filter {@code McpTools} with its defaults
	 */
	public GatewayFilter tools() {
		return this.tools.apply(this.tools.newConfig());
	}

	/**
	 * Returns the filter that judges calls of tools.
	 * @param config its arguments
	 * @return the filter {@code McpTools}
	 */
	public GatewayFilter tools(McpToolsGatewayFilterFactory.Config config) {
		return this.tools.apply(config);
	}

	/**
	 * Returns the filter that keeps long answers flowing.
	 * @return the filter {@code McpStream} with its defaults
	 */
	public GatewayFilter stream() {
		return this.stream.apply(this.stream.newConfig());
	}

	/**
	 * Returns the filter that keeps long answers flowing.
	 * @param config its arguments
	 * @return the filter {@code McpStream}
	 */
	public GatewayFilter stream(McpStreamGatewayFilterFactory.Config config) {
		return this.stream.apply(config);
	}

	/**
	 * Returns the filter that records traffic, which is not part of {@link #bridge()}.
	 * @return the filter {@code McpRecord} with its defaults
	 */
	public GatewayFilter record() {
		McpRecordGatewayFilterFactory factory = recording();
		return factory.apply(factory.newConfig());
	}

	/**
	 * Returns the filter that records traffic.
	 * @param config its arguments
	 * @return the filter {@code McpRecord}
	 */
	public GatewayFilter record(McpRecordGatewayFilterFactory.Config config) {
		return recording().apply(config);
	}

	private McpRecordGatewayFilterFactory recording() {
		if (this.record == null) {
			throw new IllegalArgumentException(
					"spring.cloud.gateway.server.webflux.filter.mcp-record.enabled: false (expected: true, for the filter McpRecord)");
		}
		return this.record;
	}

	private McpBridgeTokenGatewayFilterFactory unwrapping() {
		if (this.bridgeToken == null) {
			throw new IllegalArgumentException(
					"mcp.bridge.authorization-server.enabled: false (expected: true, or mcp.bridge.keys or mcp.bridge.token.trusted-issuers, for the filter McpBridgeToken)");
		}
		return this.bridgeToken;
	}

	private McpSessionGatewayFilterFactory marking() {
		if (this.session == null) {
			throw new IllegalArgumentException(
					"mcp.bridge.authorization-server.enabled: false (expected: true, or mcp.bridge.keys, for the filter McpSession)");
		}
		return this.session;
	}

	/** Tells whether there are keys to mark sessions with. */
	boolean hasSession() {
		return this.session != null;
	}

}
