package dev.mcpbridge.translation.sseupstream;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

import dev.mcpbridge.exchange.FilterOrder;
import dev.mcpbridge.exchange.McpFilterFactory;
import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.translation.Flights;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.End;
import dev.mcpbridge.translation.Transport;
import reactor.core.publisher.Mono;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * Lets clients of streamable HTTP use an upstream that has HTTP+SSE only.
 * <p>
 * The replica that gets {@code initialize} opens the upstream's stream, and leaves what
 * comes on it in the relay; every replica can then serve the session. Refuses what is for
 * no session, or for one that has ended, so that clients begin anew.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http">MCP
 * 2025-11-25, streamable HTTP</a>
 */
public final class McpSseUpstreamGatewayFilterFactory
		extends McpFilterFactory<McpSseUpstreamGatewayFilterFactory.Config> {

	private final SseUpstreamSessions sessions;

	private final SseUpstreamPosts posts;

	private final SseUpstreamStreams streams;

	/**
	 * Makes the filter's factory.
	 * @param relay joins the replicas
	 * @param flights hold the upstream's streams
	 * @param limits how much it takes
	 * @param random makes the ids of sessions
	 * @param listener hears what becomes of sessions
	 */
	public McpSseUpstreamGatewayFilterFactory(Relay relay, Flights flights, TranslationLimits limits,
			SecureRandom random, TranslationListener listener) {
		super(Config.class);
		this.sessions = new SseUpstreamSessions(relay, flights, limits, random, listener);
		this.posts = new SseUpstreamPosts(this.sessions, flights, limits, listener);
		this.streams = new SseUpstreamStreams(this.sessions, limits, listener);
	}

	@Override
	public GatewayFilter apply(Config config) {
		if (config.upstream().contains(Transport.STREAMABLE)) {
			return at(FilterOrder.TRANSLATION, config, (exchange, chain) -> chain.filter(exchange));
		}
		Patience patience = new Patience(config.openWithin(), config.jsonWithin());
		return at(FilterOrder.TRANSLATION, config, (exchange, chain) -> {
			Conversation client = Conversation.of(exchange, chain);
			return answer(client, patience).onErrorResume((failure) -> Refusals.write(client.response(), failure));
		});
	}

	private Mono<Void> answer(Conversation client, Patience patience) {
		HttpMethod method = client.exchange().getRequest().getMethod();
		if (method == HttpMethod.POST) {
			return this.posts.post(client, patience);
		}
		if (method == HttpMethod.GET) {
			return this.streams.open(client);
		}
		return (method == HttpMethod.DELETE) ? delete(client) : Mono.error(Refusals.methodNotAllowed());
	}

	private Mono<Void> delete(Conversation client) {
		return this.sessions.find(client)
			.flatMap((session) -> session.channel().end(End.CLIENT_LEFT).then(Mono.defer(() -> {
				client.response().setStatusCode(HttpStatus.NO_CONTENT);
				return client.response().setComplete();
			})));
	}

	/**
	 * The arguments.
	 *
	 * @param upstream the transports the upstream speaks; if {@code streamable} is among
	 * them, everything passes untouched
	 * @param jsonWithin how long a request may take to be answered as JSON; after that,
	 * clients that take events get a stream of them
	 * @param openWithin how long the upstream may take to open its stream and to name its
	 * message endpoint
	 */
	public record Config(@DefaultValue("sse") List<Transport> upstream, @DefaultValue("10s") Duration jsonWithin,
			@DefaultValue("10s") Duration openWithin) {

		/**
		 * Checks the limits.
		 */
		public Config {
			upstream = List.copyOf(upstream);
			check(!upstream.isEmpty(), "upstream", upstream, "sse, streamable, or both");
			check(jsonWithin.toMillis() > 0, "jsonWithin", jsonWithin, "more than 0, such as 10s");
			check(openWithin.toMillis() > 0, "openWithin", openWithin, "more than 0, such as 10s");
		}

		private static void check(boolean condition, String argument, Object value, String expected) {
			if (!condition) {
				throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(argument, value, expected));
			}
		}

	}

}
