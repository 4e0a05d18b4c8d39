package dev.mcpbridge.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which web pages may call: the endpoints that are no routes, and the routes whose filter
 * {@code McpCors} does not say otherwise.
 *
 * @param allowedOrigins the origins of the pages, or * for all of them
 * @param allowedHeaders more request headers a page may send
 * @param maxAge how long a browser may remember a preflight
 */
@ConfigurationProperties("mcp.bridge.cors")
record McpCorsProperties(@DefaultValue("*") List<String> allowedOrigins, @DefaultValue List<String> allowedHeaders,
		@DefaultValue("24h") Duration maxAge) {

}
