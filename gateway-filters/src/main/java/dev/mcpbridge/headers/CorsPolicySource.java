package dev.mcpbridge.headers;

/**
 * A route's filter that owns the CORS headers of the route.
 * <p>
 * A preflight never reaches a gateway filter: {@link McpCorsWebFilter} looks for one of
 * these on the route the page is about to call.
 */
public interface CorsPolicySource {

	/**
	 * Returns the policy of the route.
	 * @return the policy
	 */
	CorsPolicy corsPolicy();

}
