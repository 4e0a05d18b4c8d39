package dev.mcpbridge.app.rehearsal;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client and the person in front of it, who signs in at once. Every answer that is not
 * the expected one ends the rehearsal.
 */
final class RehearsedClient {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final String REDIRECT_URI = "http://127.0.0.1:33418/callback";

	private static final String FORM = "application/x-www-form-urlencoded";

	private static final String JSON = "application/json";

	private static final Pattern TICKET = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");

	private static final String INITIALIZE = """
			{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
			"capabilities":{},"clientInfo":{"name":"rehearsal","version":"1"}}}""";

	private static final String CALL = """
			{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"getJiraIssue","arguments":{}}}""";

	private final URI gateway;

	private HttpClient http = HttpClient.create();

	private String clientId = "";

	private String refreshToken = "";

	RehearsedClient(URI gateway) {
		this.gateway = gateway;
	}

	/** Opens a page. */
	void look(String url) {
		ask(HttpMethod.GET, url, "", "", 200);
	}

	/** Registers, consents, comes back from upstream, and has tokens. */
	void signIn() {
		ask(HttpMethod.POST, at("/mcp"), JSON, CALL, 401);
		look(at("/.well-known/oauth-protected-resource/mcp"));
		look(at("/.well-known/oauth-authorization-server"));
		Answer registered = ask(HttpMethod.POST, at("/register"), JSON,
				"{\"redirect_uris\":[\"%s\"],\"token_endpoint_auth_method\":\"none\"}".formatted(REDIRECT_URI), 201);
		this.clientId = registered.json("client_id");
		CodeVerifier verifier = new CodeVerifier();
		Answer page = ask(HttpMethod.GET,
				at("/authorize?" + form(Map.of("response_type", "code", "client_id", this.clientId, "redirect_uri",
						REDIRECT_URI, "state", "rehearsal", "code_challenge",
						CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue(), "code_challenge_method",
						"S256", "resource", at("/mcp")))),
				"", "", 200);
		Matcher ticket = TICKET.matcher(page.body());
		if (!ticket.find()) {
			throw new IllegalStateException("no consent page");
		}
		keepCookies(page);
		Answer consented = ask(HttpMethod.POST, at("/authorize"), FORM,
				form(Map.of("ticket", ticket.group(1), "decision", "allow")), 303);
		keepCookies(consented);
		Answer back = ask(HttpMethod.GET,
				at("/oauth/callback?" + form(Map.of("code", "pretended", "state", consented.parameter("state")))), "",
				"", 303);
		redeem(Map.of("grant_type", "authorization_code", "client_id", this.clientId, "code", back.parameter("code"),
				"code_verifier", verifier.getValue(), "redirect_uri", REDIRECT_URI));
	}

	/** Opens a session, and calls in it. */
	void call() {
		Answer opened = ask(HttpMethod.POST, at("/mcp"), JSON, INITIALIZE, 200);
		String session = opened.headers().get("Mcp-Session-Id");
		ask(this.http.headers((headers) -> headers.set("Mcp-Session-Id", session)), HttpMethod.POST, at("/mcp"), JSON,
				CALL, 200);
	}

	/** Redeems its refresh token. */
	void renew() {
		redeem(Map.of("grant_type", "refresh_token", "client_id", this.clientId, "refresh_token", this.refreshToken));
	}

	/** Listens to a stream until its end. */
	void listen() {
		ask(HttpMethod.GET, at("/mcp"), "", "", 200);
	}

	private void redeem(Map<String, String> form) {
		Answer tokens = ask(HttpMethod.POST, at("/access-token"), FORM, form(form), 200);
		this.refreshToken = tokens.json("refresh_token");
		String bearer = "Bearer " + tokens.json("access_token");
		this.http = this.http.headers(
				(headers) -> headers.set("Authorization", bearer).set("Accept", "application/json, text/event-stream"));
	}

	private void keepCookies(Answer answer) {
		String cookies = answer.headers()
			.getAll("Set-Cookie")
			.stream()
			.map((cookie) -> cookie.split(";", 2)[0])
			.collect(Collectors.joining("; "));
		if (!cookies.isEmpty()) {
			this.http = this.http.headers((headers) -> headers.set("Cookie", cookies));
		}
	}

	private String at(String path) {
		return this.gateway + path;
	}

	private Answer ask(HttpMethod method, String url, String type, String body, int expected) {
		return ask(this.http, method, url, type, body, expected);
	}

	private static Answer ask(HttpClient http, HttpMethod method, String url, String type, String body, int expected) {
		Answer answer = http.headers((headers) -> {
			if (!type.isEmpty()) {
				headers.set("Content-Type", type);
			}
		})
			.request(method)
			.uri(url)
			.send(body.isEmpty() ? ByteBufFlux.fromString(Mono.empty()) : ByteBufFlux.fromString(Mono.just(body)))
			.responseSingle((response, content) -> content.asString()
				.defaultIfEmpty("")
				.map((text) -> new Answer(response.status().code(), response.responseHeaders(), text)))
			.block(PATIENCE);
		if (answer == null || answer.status() != expected) {
			throw new IllegalStateException("%s %s: %s (expected: %d)".formatted(method, URI.create(url).getPath(),
					(answer != null) ? answer.status() : "nothing", expected));
		}
		return answer;
	}

	private static String form(Map<String, String> fields) {
		return fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
	}

	/**
	 * What came back.
	 *
	 * @param status its status
	 * @param headers its headers
	 * @param body its body
	 */
	private record Answer(int status, HttpHeaders headers, String body) {

		String json(String name) {
			JsonNode value = JsonMapper.shared().readTree(this.body).get(name);
			return value.asString();
		}

		/** Reads a parameter of where it leads. */
		String parameter(String name) {
			Matcher value = Pattern.compile("[?&]%s=([^&]+)".formatted(name)).matcher(this.headers.get("Location"));
			if (!value.find()) {
				throw new IllegalStateException("no %s in Location".formatted(name));
			}
			return URLDecoder.decode(value.group(1), StandardCharsets.UTF_8);
		}

	}

}
