package dev.mcpbridge.translation.sseclients;

import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Pattern;

import dev.mcpbridge.exchange.FilterOrder;
import dev.mcpbridge.exchange.McpFilterFactory;
import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.translation.Flights;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.Transport;
import dev.mcpbridge.translation.UpstreamSide;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.http.HttpMethod;

/**
 * Lets clients of HTTP+SSE work with an upstream of streamable HTTP: a {@code GET} opens
 * our stream, a {@code POST} becomes the upstream's, and whatever it answers comes on the
 * stream, whichever replica holds it.
 * <p>
 * Everything is bounded; what is too large, malformed or names no open session is refused
 * in the words of JSON-RPC.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2024-11-05/basic/transports#http-with-sse">MCP
 * 2024-11-05, HTTP with SSE</a>
 */
public final class McpSseClientsGatewayFilterFactory
		extends McpFilterFactory<McpSseClientsGatewayFilterFactory.Config> {

	private final ClientStreams streams;

	private final ClientPosts posts;

	private final TranslationListener listener;

	/**
	 * Makes the factory.
	 * @param relay where replicas leave messages for each other
	 * @param flights what goes on when a request is answered
	 * @param limits how much is taken
	 * @param random makes session ids
	 * @param listener hears of sessions and messages
	 */
	public McpSseClientsGatewayFilterFactory(Relay relay, Flights flights, TranslationLimits limits,
			SecureRandom random, TranslationListener listener) {
		super(Config.class);
		this.streams = new ClientStreams(relay, flights, limits, random, listener);
		this.posts = new ClientPosts(relay, flights, limits, random, listener);
		this.listener = listener;
	}

	@Override
	public GatewayFilter apply(Config config) {
		if (config.upstream().contains(Transport.SSE)) {
			return at(FilterOrder.TRANSLATION, config, (exchange, chain) -> chain.filter(exchange));
		}
		return at(FilterOrder.TRANSLATION, config,
				(exchange, chain) -> translate(new UpstreamSide(exchange, chain), config)
					.onErrorMap(TurnedAwayException::of)
					.onErrorResume(TurnedAwayException.class,
							(refused) -> refused.write(exchange.getResponse(), this.listener)));
	}

	private Mono<Void> translate(UpstreamSide side, Config config) {
		HttpMethod method = side.client().getRequest().getMethod();
		if (method == HttpMethod.GET) {
			return this.streams.open(side, config.messagePath());
		}
		return (method == HttpMethod.POST) ? this.posts.take(side) : Mono.error(TurnedAwayException.methodNotAllowed());
	}

	/**
	 * The arguments.
	 *
	 * @param upstream the transports the upstream speaks, {@code sse} and
	 * {@code streamable}; with {@code sse} everything passes untouched
	 * @param messagePath our path for messages, such as {@code /sse/message}; empty for
	 * {@code /message} below the path of the stream
	 */
	public record Config(@DefaultValue("streamable") List<Transport> upstream, @Nullable String messagePath) {

		private static final Pattern PATH = Pattern.compile("/(?!/)[\\x21-\\x7e&&[^\\\\?#]]*");

		/**
		 * Checks the limits.
		 */
		public Config {
			upstream = List.copyOf(upstream);
			if (upstream.isEmpty()) {
				throw new IllegalArgumentException("upstream: [] (expected: sse, streamable or both)");
			}
			if (messagePath != null && !PATH.matcher(messagePath).matches()) {
				throw new IllegalArgumentException(
						"messagePath: %s (expected: a path such as /sse/message)".formatted(messagePath));
			}
		}

	}

}
