package dev.mcpbridge.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import dev.mcpbridge.simulator.wire.Json;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of the simulator, over real HTTP.
 */
final class SimulatorClient {

	static final String CALLBACK = "http://localhost:3000/oauth/callback";

	static final String VERIFIER = "M4-5cxs0hvQJMEEmUJGd5tk-_ZHb-oQE739oWt9Gp08";

	static final String CHALLENGE = "5j-1ZUTiFTea1AmINENihIXB6RDAnAfIJfmrTs-F3xQ";

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final AtlassianSimulator atlassian;

	private final String oauthPath;

	SimulatorClient(AtlassianSimulator atlassian) {
		this(atlassian, "/v1");
	}

	SimulatorClient(AtlassianSimulator atlassian, String oauthPath) {
		this.atlassian = atlassian;
		this.oauthPath = oauthPath;
	}

	static JsonNode json(HttpResponse<String> response) {
		return Json.parse(response.body()).orElseThrow(() -> new AssertionError(response.body()));
	}

	static Map<String, List<String>> query(HttpResponse<String> redirect) {
		return URLUtils
			.parseParameters(URI.create(redirect.headers().firstValue("location").orElseThrow()).getRawQuery());
	}

	static String message(String method, String params) {
		return """
				{"jsonrpc":"2.0","id":1,"method":"%s","params":%s}""".formatted(method, params);
	}

	static String call(String tool, String arguments) {
		return message("tools/call", """
				{"name":"%s","arguments":%s}""".formatted(tool, arguments));
	}

	String register() {
		HttpResponse<String> response = post(this.oauthPath + "/register", """
				{"client_name":"Test","redirect_uris":["%s"],"token_endpoint_auth_method":"none"}"""
			.formatted(CALLBACK), "content-type", "application/json");
		assertThat(response.statusCode()).isEqualTo(201);
		return json(response).path("client_id").asString();
	}

	HttpResponse<String> authorize(String clientId, String... more) {
		String query = "response_type=code&client_id=" + clientId + "&redirect_uri=" + CALLBACK
				+ "&code_challenge_method=S256&code_challenge=" + CHALLENGE + "&state=xyz"
				+ List.of(more).stream().map((parameter) -> "&" + parameter).collect(Collectors.joining());
		return get(this.oauthPath + "/authorize?" + query);
	}

	String code(String clientId, String... more) {
		return query(authorize(clientId, more)).getOrDefault("code", List.of("none")).get(0);
	}

	Tokens signIn() {
		return signIn(register());
	}

	Tokens signIn(String clientId, String... more) {
		return Tokens.of(clientId, redeem(code(clientId, more), clientId));
	}

	HttpResponse<String> redeem(String code, String clientId) {
		return token(Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", CALLBACK, "client_id",
				clientId, "code_verifier", VERIFIER));
	}

	HttpResponse<String> refresh(String refreshToken, String clientId) {
		return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken, "client_id", clientId));
	}

	Tokens refreshed(Tokens tokens) {
		return Tokens.of(tokens.clientId(), refresh(tokens.refresh(), tokens.clientId()));
	}

	HttpResponse<String> token(Map<String, String> fields) {
		return post(this.oauthPath + "/token", form(fields), "content-type", "application/x-www-form-urlencoded");
	}

	String openSession(Tokens tokens) {
		return mcp(tokens, null, message("initialize", "{\"protocolVersion\":\"2025-06-18\"}")).headers()
			.firstValue("mcp-session-id")
			.orElseThrow();
	}

	HttpResponse<String> mcp(Tokens tokens, @Nullable String session, String body, String... headers) {
		HttpRequest.Builder request = request("/v1/mcp", headers).header("authorization", "Bearer " + tokens.access())
			.POST(BodyPublishers.ofString(body));
		if (session != null) {
			request.header("mcp-session-id", session);
		}
		return send(request);
	}

	HttpResponse<String> get(String path, String... headers) {
		return send(request(path, headers).GET());
	}

	HttpResponse<String> post(String path, String body, String... headers) {
		return send(request(path, headers).POST(BodyPublishers.ofString(body)));
	}

	HttpResponse<String> send(String method, String path, String... headers) {
		return send(request(path, headers).method(method, BodyPublishers.noBody()));
	}

	CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
		return HTTP.sendAsync(request.build(), BodyHandlers.ofString());
	}

	HttpRequest.Builder request(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.atlassian.url().resolve(path))
			.timeout(Duration.ofSeconds(10));
		return (headers.length > 0) ? request.headers(headers) : request;
	}

	/** Reads an answer as events. */
	Flux<ServerSentEvent<String>> events(String path, Tokens tokens, String... headers) {
		return events(web(tokens).get().uri(path), headers);
	}

	Flux<ServerSentEvent<String>> events(Tokens tokens, String session, String body) {
		return eventsOf(tokens, body, "mcp-session-id", session);
	}

	Flux<ServerSentEvent<String>> eventsOf(Tokens tokens, String body, String... headers) {
		return events(web(tokens).post()
			.uri("/v1/mcp")
			.header("accept", "application/json, text/event-stream")
			.bodyValue(body), headers);
	}

	private static Flux<ServerSentEvent<String>> events(WebClient.RequestHeadersSpec<?> request, String... headers) {
		for (int index = 0; index < headers.length; index += 2) {
			request.header(headers[index], headers[index + 1]);
		}
		return request.retrieve().bodyToFlux(new ParameterizedTypeReference<>() {
		});
	}

	static String form(Map<String, String> fields) {
		return URLUtils.serializeParameters(fields.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (field) -> List.of(field.getValue()))));
	}

	private WebClient web(Tokens tokens) {
		return WebClient.builder()
			.baseUrl(this.atlassian.url().toString())
			.defaultHeader("authorization", "Bearer " + tokens.access())
			.build();
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return HTTP.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What a sign-in got.
	 */
	record Tokens(String clientId, String access, String refresh) {

		static Tokens of(String clientId, HttpResponse<String> response) {
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
			JsonNode body = json(response);
			return new Tokens(clientId, body.path("access_token").asString(), body.path("refresh_token").asString(""));
		}

	}

}
