package dev.mcpbridge.access;

import dev.mcpbridge.exchange.Refusal;
import dev.mcpbridge.oauth.OAuthError;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses requests that were sent to another name than ours with 403, before anything
 * else looks at them. A management port of its own is left alone.
 */
public final class AllowedHostsWebFilter implements WebFilter, Ordered {

	/** Before the filter that owns CORS. */
	static final int ORDER = -1100;

	private static final Log log = LogFactory.getLog(AllowedHostsWebFilter.class);

	private static final OAuthError REFUSED = OAuthError
		.invalidRequest("The Host header does not name this gateway; see mcp.bridge.allowed-hosts")
		.withStatus(403);

	private final AllowedHosts hosts;

	private final ApplicationContext context;

	/**
	 * Makes the filter.
	 * @param hosts our names
	 * @param context whose requests are looked at; those of a child of it are not
	 */
	public AllowedHostsWebFilter(AllowedHosts hosts, ApplicationContext context) {
		this.hosts = hosts;
		this.context = context;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ApplicationContext of = exchange.getApplicationContext();
		boolean management = of != null && of != this.context;
		if (management || this.hosts.contain(exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.HOST))) {
			return chain.filter(exchange);
		}
		log.debug("event=host-refused");
		return Refusal.write(exchange.getResponse(), REFUSED);
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
