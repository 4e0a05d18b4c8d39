package dev.mcpbridge.simulator;

import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaders;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Call;

/**
 * The headers Atlassian's edge adds to what its service answers.
 */
final class EdgeHeaders {

	private static final Map<String, String> STANDING = Map.ofEntries(
			Map.entry("server-timing",
					"atl-edge;dur=103,atl-edge-internal;dur=4,atl-edge-upstream;dur=100,"
							+ "atl-edge-pop;desc=\"aws-us-east-1\""),
			Map.entry("server", "AtlassianEdge"), //
			Map.entry("ge-edge-trusted-cloudflare-proxy", "bWNwLWNsb3VkZmxhcmUK"),
			Map.entry("alt-svc", "h3=\":443\"; ma=86400"),
			Map.entry("strict-transport-security", "max-age=63072000; preload"),
			Map.entry("x-content-type-options", "nosniff"), //
			Map.entry("x-xss-protection", "1; mode=block"),
			Map.entry("nel",
					"{\"failure_fraction\": 0.001, \"include_subdomains\": true, \"max_age\": 600, "
							+ "\"report_to\": \"endpoint-1\"}"),
			Map.entry("report-to",
					"{\"endpoints\": [{\"url\": \"https://dz8aopenkvv6s.cloudfront.net\"}], \"group\": \"endpoint-1\", "
							+ "\"include_subdomains\": true, \"max_age\": 600}"),
			Map.entry("cache-control", "no-cache"), //
			Map.entry("vary", "Accept-Encoding"));

	private static final Map<String, String> CORS = Map.of( //
			"access-control-allow-headers", "Content-Type, mcp-session-id", //
			"access-control-allow-methods", "GET, POST, OPTIONS", //
			"access-control-allow-origin", "*", //
			"access-control-expose-headers", "mcp-session-id", //
			"access-control-max-age", "86400");

	private final boolean cookies;

	private final InstantSource clock;

	EdgeHeaders(boolean cookies, InstantSource clock) {
		this.cookies = cookies;
		this.clock = clock;
	}

	void add(Call call, Answer answer, HttpHeaders headers) {
		STANDING.forEach(headers::set);
		headers.set("date", DateFormatter.format(Date.from(this.clock.instant())));
		UUID request = UUID.randomUUID();
		headers.set("atl-request-id", request.toString());
		headers.set("atl-traceid", request.toString().replace("-", ""));
		headers.set("cf-ray", UUID.randomUUID().toString().replace("-", "").substring(0, 16) + "-IAD");
		addCors(call, answer.status(), headers);
		if (this.cookies) {
			headers.add("set-cookie", "__cf_bm=" + request + "; Path=/; HttpOnly; Secure; SameSite=None");
			headers.add("set-cookie", "atlassian.xsrf.token=" + request + "; Path=/; Secure");
		}
		answer.headers().forEach(headers::set);
	}

	/**
	 * The service itself allows everybody; the layer that checks tokens names the origin,
	 * and never exposes {@code WWW-Authenticate}.
	 */
	private static void addCors(Call call, int status, HttpHeaders headers) {
		boolean preflight = call.method().equals("OPTIONS");
		if (preflight || (Endpoint.of(call.path()) == Endpoint.MCP && status != 401)) {
			CORS.forEach(headers::set);
		}
		if (!preflight) {
			call.header("origin").ifPresent((origin) -> {
				headers.set("access-control-allow-origin", origin);
				headers.set("access-control-allow-methods", "*");
				headers.set("access-control-allow-headers", "Authorization, *");
				headers.set("access-control-max-age", "86400");
			});
		}
	}

}
