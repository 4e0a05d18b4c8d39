package dev.mcpbridge.policy.filter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

import dev.mcpbridge.exchange.ClientPath;
import dev.mcpbridge.exchange.OwnChallenge;
import dev.mcpbridge.exchange.Refusal;
import dev.mcpbridge.exchange.SessionIds;
import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.oauth.BearerChallenge;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.ProtectedResources;
import dev.mcpbridge.policy.Admission;
import dev.mcpbridge.policy.BodyDefect;
import dev.mcpbridge.policy.rule.Judgement;
import dev.mcpbridge.policy.wire.CallsRequest;
import dev.mcpbridge.policy.wire.RefusedAnswer;
import dev.mcpbridge.policy.wire.RequestBodies;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * How a refusal reaches the client.
 * <p>
 * It is an ordinary answer of JSON-RPC where the transport has one for the request: in
 * the response, or in the old transport on the session's stream. Where another scope
 * would help, it is the challenge that asks for it.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization#scope-challenge-handling">MCP
 * 2025-11-25, scope challenges</a>
 */
final class Refusals {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final ProtectedResources resources;

	Refusals(ProtectedResources resources) {
		this.resources = resources;
	}

	/** Says what decided, to whoever has to explain it. */
	static Map<String, String> data(Judgement judgement) {
		Map<String, String> data = new LinkedHashMap<>();
		data.put("policy", judgement.decision().policy());
		if (!judgement.decision().rule().isEmpty()) {
			data.put("rule", judgement.decision().rule());
		}
		return data;
	}

	/** Refuses a request for its form. */
	Mono<Void> malformed(ServerWebExchange exchange, BodyDefect defect) {
		if (defect == BodyDefect.TOO_LARGE) {
			// what is left of the body is not read
			exchange.getResponse().getHeaders().setConnection("close");
		}
		return defect.error().write(exchange.getResponse(), defect.status());
	}

	/** Refuses a request by policy. */
	Mono<Void> refused(Round round, GatewayFilterChain chain) {
		ServerWebExchange exchange = round.exchange();
		if (!round.missing().isEmpty()) {
			OAuthError error = OAuthError.insufficientScope(round.judgements().get(0).text());
			String scope = String.join(" ", new TreeSet<>(round.missing()));
			OwnChallenge.enter(exchange);
			exchange.getResponse()
				.getHeaders()
				.set(HttpHeaders.WWW_AUTHENTICATE,
						new BearerChallenge(error, this.resources.metadataOf(ClientPath.of(exchange)), scope)
							.headerValue());
			return Refusal.write(exchange.getResponse(), error);
		}
		return answer(exchange, chain, round.request(), round.errors());
	}

	/** Refuses a request at a gate. */
	Mono<Void> refused(Round round, Admission.Refused refused, GatewayFilterChain chain) {
		ServerWebExchange exchange = round.exchange();
		Duration retryAfter = refused.retryAfter();
		if (retryAfter != null) {
			exchange.getResponse()
				.getHeaders()
				.set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.plusMillis(999).toSeconds()));
		}
		List<JsonNode> ids = round.request().ids();
		if (refused.status() == HttpStatus.OK) {
			return answer(exchange, chain, round.request(), ids.stream().map((id) -> refused.error()).toList());
		}
		return Refusal.write(exchange.getResponse(), refused.status().value(),
				refused.error().answer(round.request().batch() ? null : ids.get(0)));
	}

	private static Mono<Void> answer(ServerWebExchange exchange, GatewayFilterChain chain, CallsRequest request,
			List<JsonRpcError> errors) {
		List<Map<String, ?>> messages = new ArrayList<>();
		boolean elsewhere = isOldTransport(exchange);
		for (int index = 0; index < errors.size(); index++) {
			JsonNode id = request.ids().get(index);
			messages.add(elsewhere ? RefusedAnswer.ping(id, errors.get(index)) : errors.get(index).answer(id));
		}
		byte[] json = JSON.writeValueAsBytes(request.batch() ? messages : messages.get(0));
		return elsewhere ? chain.filter(RequestBodies.replaced(exchange, json)) : write(exchange, json);
	}

	/** There, what answers a request is not its response. */
	private static boolean isOldTransport(ServerWebExchange exchange) {
		String parameter = SessionIds.of(exchange).map(SessionIds::parameter).orElse(SessionIds.PARAMETER);
		return exchange.getRequest().getQueryParams().containsKey(parameter);
	}

	private static Mono<Void> write(ServerWebExchange exchange, byte[] json) {
		ServerHttpResponse response = exchange.getResponse();
		boolean events = acceptsEventsOnly(exchange.getRequest());
		byte[] body = events ? event(json) : json;
		response.setStatusCode(HttpStatus.OK);
		HttpHeaders headers = response.getHeaders();
		headers.setContentType(events ? MediaType.TEXT_EVENT_STREAM : MediaType.APPLICATION_JSON);
		headers.setContentLength(body.length);
		headers.setCacheControl(CacheControl.noStore());
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

	private static byte[] event(byte[] json) {
		return ("event: message\ndata: " + new String(json, StandardCharsets.UTF_8) + "\n\n")
			.getBytes(StandardCharsets.UTF_8);
	}

	private static boolean acceptsEventsOnly(ServerHttpRequest request) {
		String accept = String.join(",", request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT)).toLowerCase(Locale.ROOT);
		return accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE) && !accept.contains("application/json")
				&& !accept.contains("application/*") && !accept.contains("*/*");
	}

}
