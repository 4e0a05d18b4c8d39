package dev.mcpbridge.access;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.mcpbridge.access.McpChallengeGatewayFilterFactory.Body;
import dev.mcpbridge.exchange.ClientPath;
import dev.mcpbridge.exchange.OwnChallenge;
import dev.mcpbridge.exchange.Refusal;
import dev.mcpbridge.oauth.BearerChallenge;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.ProtectedResources;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes the one challenge a client ever sees, whoever refused it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-5.1">RFC 9728, section
 * 5.1</a>
 */
public final class Challenger {

	/** No bearer token came, or none that could be read as one. */
	public static final OAuthError MISSING = OAuthError.invalidToken("Missing or invalid access token");

	/** A bearer token came that is not, or no longer, good. */
	public static final OAuthError INVALID = OAuthError.invalidToken("Invalid access token");

	private static final String BODY = Challenger.class.getName() + ".body";

	/** The JSON-RPC error code of a refused request, from the range left to servers. */
	private static final int JSON_RPC_UNAUTHORIZED = -32001;

	private final ProtectedResources resources;

	private final AccessListener listener;

	/**
	 * Makes the challenger.
	 * @param resources what is protected, and where it describes itself
	 * @param listener hears of each challenge
	 */
	public Challenger(ProtectedResources resources, AccessListener listener) {
		this.resources = resources;
		this.listener = listener;
	}

	/**
	 * Refuses a request with the challenge.
	 * @param exchange the exchange
	 * @param response where to write, not committed yet
	 * @param why what is wrong with its token
	 * @return when it is written
	 */
	Mono<Void> challenge(ServerWebExchange exchange, ServerHttpResponse response, AccessListener.Challenge why) {
		this.listener.challenged(why);
		OAuthError error = (why == AccessListener.Challenge.MISSING) ? MISSING : INVALID;
		OwnChallenge.enter(exchange);
		URI metadata = this.resources.metadataOf(ClientPath.of(exchange));
		response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, new BearerChallenge(error, metadata).headerValue());
		return Refusal.write(response, error.status(), body(exchange, error));
	}

	/** Remembers for a whole exchange how challenges are to look. */
	static void style(ServerWebExchange exchange, Body body) {
		exchange.getAttributes().put(BODY, body);
	}

	/** Tells whether the challenge was written, so that it is not replaced by another. */
	static boolean hasChallenged(ServerWebExchange exchange) {
		return OwnChallenge.isOn(exchange);
	}

	private static Map<String, ?> body(ServerWebExchange exchange, OAuthError error) {
		if (exchange.getAttribute(BODY) != Body.JSON_RPC) {
			return error.members();
		}
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("jsonrpc", "2.0");
		body.put("id", null);
		body.put("error", Map.of("code", JSON_RPC_UNAUTHORIZED, "message", error.description(), "data",
				Map.of("error", error.code())));
		return body;
	}

}
