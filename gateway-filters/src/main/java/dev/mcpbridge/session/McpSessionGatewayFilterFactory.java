package dev.mcpbridge.session;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.mcpbridge.exchange.AtCommit;
import dev.mcpbridge.exchange.Caller;
import dev.mcpbridge.exchange.FilterOrder;
import dev.mcpbridge.exchange.McpFilterFactory;
import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.secret.KeyedMark;
import dev.mcpbridge.session.SessionListener.Rejection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Makes a session of the upstream its owner's alone: the id that leaves carries a mark
 * that is good only together with the login it was given to.
 * <p>
 * An id without such a mark, or with somebody else's, is answered with 404, as a session
 * that is not there, before anything reaches the upstream. Nothing is remembered, so any
 * replica with the same keys knows every mark. A request without a session passes.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management">MCP
 * 2025-11-25, session management</a>
 */
public final class McpSessionGatewayFilterFactory extends McpFilterFactory<McpSessionGatewayFilterFactory.Config> {

	private static final Log log = LogFactory.getLog(McpSessionGatewayFilterFactory.class);

	private static final JsonRpcError NOT_FOUND = new JsonRpcError(JsonRpcError.SESSION_NOT_FOUND, "Session not found");

	private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

	/** Where nobody says whose a request is, all of them are one owner's. */
	private static final Caller NOBODY = new Caller("");

	private final KeyedMark marks;

	private final SessionListener listener;

	/**
	 * Makes the filter's factory.
	 * @param marks marks the ids of sessions
	 * @param listener hears of sessions
	 */
	public McpSessionGatewayFilterFactory(KeyedMark marks, SessionListener listener) {
		super(Config.class);
		this.marks = marks;
		this.listener = listener;
	}

	@Override
	public GatewayFilter apply(Config config) {
		String parameter = config.sessionParameter();
		return at(FilterOrder.SESSION, config, (exchange, chain) -> {
			Caller told = Caller.told(exchange);
			return (told != null) ? filter(idsOf(told, parameter), exchange, chain)
					: Caller.of(exchange)
						.defaultIfEmpty(NOBODY)
						.flatMap((caller) -> filter(idsOf(caller, parameter), exchange, chain));
		});
	}

	private OwnedIds idsOf(Caller caller, String parameter) {
		return new OwnedIds(this.marks, caller.id(), parameter, this.listener);
	}

	private Mono<Void> filter(OwnedIds ids, ServerWebExchange exchange, GatewayFilterChain chain) {
		NamedSession session = NamedSession.of(exchange.getRequest(), ids);
		Optional<Rejection> rejection = session.rejection();
		if (rejection.isPresent()) {
			this.listener.rejected(rejection.get());
			return NOT_FOUND.write(exchange.getResponse(), HttpStatus.NOT_FOUND);
		}
		session.marks().forEach(this.listener::used);
		ids.enter(exchange);
		ServerHttpResponse response = exchange.getResponse();
		AtCommit.run(response, () -> mark(response.getHeaders(), ids));
		return chain
			.filter(exchange.mutate().request(session.unmarked(exchange.getRequest(), ids.parameter())).build());
	}

	private static void mark(HttpHeaders headers, OwnedIds ids) {
		List<String> upstream = headers.getOrEmpty(NamedSession.HEADER);
		if (upstream.isEmpty()) {
			return;
		}
		String id = upstream.get(0);
		if (VISIBLE.matcher(id).matches()) {
			headers.set(NamedSession.HEADER, ids.handedOut(id));
		}
		else {
			log.warn("event=session-id-refused reason=\"not visible ASCII\"");
			headers.remove(NamedSession.HEADER);
		}
	}

	/**
	 * The arguments.
	 *
	 * @param sessionParameter the query parameter that has the id of a session in the old
	 * transport
	 */
	public record Config(@DefaultValue("sessionId") String sessionParameter) {

		private static final Pattern NAME = Pattern.compile("[\\w.~-]+");

		/**
		 * Checks the name.
		 */
		public Config {
			if (!NAME.matcher(sessionParameter).matches()) {
				throw new IllegalArgumentException(
						"sessionParameter: %s (expected: the name of a query parameter)".formatted(sessionParameter));
			}
		}

	}

}
