package dev.mcpbridge.testing;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An MCP client that knows only the gateway's URL, and the person in front of it. Each
 * step of a sign-in can be taken alone, so that a test can take it wrongly.
 */
public final class TestClient {

	/** Where the client waits for its answer. */
	public static final String REDIRECT_URI = "http://127.0.0.1:33418/callback";

	/** What the client wants back with it. */
	public static final String STATE = "the client's state";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final URI gateway;

	private final Browser browser;

	private final String clientId;

	private final CodeVerifier verifier = new CodeVerifier();

	private TestClient(URI gateway, Browser browser, String clientId) {
		this.gateway = gateway;
		this.browser = browser;
		this.clientId = clientId;
	}

	/**
	 * Registers a public client.
	 * @param gateway the gateway's URL
	 * @return the client, with a browser of its own
	 */
	public static TestClient register(URI gateway) {
		return register(gateway, new Browser());
	}

	/**
	 * Registers a public client.
	 * @param gateway the gateway's URL
	 * @param browser the browser of the person
	 * @return the client
	 */
	public static TestClient register(URI gateway, Browser browser) {
		HttpResponse<String> answer = browser.send(HttpRequest.newBuilder(gateway.resolve("/register"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("""
					{"client_name": "Test client", "redirect_uris": ["%s"], "token_endpoint_auth_method": "none"}
					""".formatted(REDIRECT_URI))));
		return new TestClient(gateway, browser, json(answer).get("client_id").asString());
	}

	/**
	 * Goes on at another replica.
	 * @param replica its URL
	 * @return the same client and person there
	 */
	public TestClient at(URI replica) {
		return new TestClient(replica, this.browser, this.clientId);
	}

	/**
	 * Signs in, and allows everything on the way.
	 * @return the tokens
	 */
	public Tokens signIn() {
		return tokens(redeem(codeOf(approve(consent()))));
	}

	/**
	 * Returns the parameters of a correct authorization request, to be changed at will.
	 * @return the parameters
	 */
	public Map<String, String> request() {
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("response_type", "code");
		parameters.put("client_id", this.clientId);
		parameters.put("redirect_uri", REDIRECT_URI);
		parameters.put("state", STATE);
		parameters.put("code_challenge", CodeChallenge.compute(CodeChallengeMethod.S256, this.verifier).getValue());
		parameters.put("code_challenge_method", "S256");
		parameters.put("resource", this.gateway.resolve("/mcp").toString());
		return parameters;
	}

	/**
	 * Opens the authorization endpoint.
	 * @param parameters the parameters of the request
	 * @return the consent page, or whatever the answer is
	 */
	public HttpResponse<String> authorize(Map<String, String> parameters) {
		return this.browser.get(this.gateway.resolve("/authorize?" + Browser.form(parameters)));
	}

	/**
	 * Opens the consent page with a correct request and presses Allow.
	 * @return where the gateway sends the browser: the upstream's page
	 */
	public URI consent() {
		return Browser.location(decide(authorize(request()), "allow"));
	}

	/**
	 * Presses a button of the consent page.
	 * @param page the page
	 * @param decision {@code allow} or {@code deny}
	 * @param more more fields, names and values in turn
	 * @return the answer
	 */
	public HttpResponse<String> decide(HttpResponse<String> page, String decision, String... more) {
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("ticket", ticketOf(page));
		fields.put("decision", decision);
		for (int index = 0; index < more.length; index += 2) {
			fields.put(more[index], more[index + 1]);
		}
		return this.browser.post(this.gateway.resolve("/authorize"), fields);
	}

	/**
	 * Presses Allow at the upstream's page and follows the way back.
	 * @param upstreamPage where the gateway sent the browser
	 * @return where the browser ends: the client's redirect URI with its answer
	 */
	public URI approve(URI upstreamPage) {
		return Browser.location(this.browser.get(returnFrom(upstreamPage, "allow")));
	}

	/**
	 * Presses a button at the upstream's page.
	 * @param upstreamPage where the gateway sent the browser
	 * @param decision {@code allow} or {@code deny}
	 * @return where the upstream sends the browser: the gateway's callback
	 */
	public URI returnFrom(URI upstreamPage, String decision) {
		return Browser.location(this.browser.post(upstreamPage, Map.of("decision", decision)));
	}

	/**
	 * Redeems a code.
	 * @param code the code
	 * @return the answer of the token endpoint
	 */
	public HttpResponse<String> redeem(String code) {
		return token(Map.of("grant_type", "authorization_code", "client_id", this.clientId, "code", code,
				"code_verifier", this.verifier.getValue(), "redirect_uri", REDIRECT_URI));
	}

	/**
	 * Redeems a refresh token.
	 * @param refreshToken the refresh token
	 * @return the answer of the token endpoint
	 */
	public HttpResponse<String> refresh(String refreshToken) {
		return token(Map.of("grant_type", "refresh_token", "client_id", this.clientId, "refresh_token", refreshToken));
	}

	/**
	 * Asks the token endpoint anything.
	 * @param form the form
	 * @return its answer
	 */
	public HttpResponse<String> token(Map<String, String> form) {
		return this.browser.post(this.gateway.resolve("/access-token"), form);
	}

	/**
	 * Calls an MCP endpoint.
	 * @param path the path
	 * @param accessToken the bridge token
	 * @param body the JSON-RPC message
	 * @param headers more headers, names and values in turn
	 * @return the answer
	 */
	public HttpResponse<String> call(String path, String accessToken, String body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.gateway.resolve(path))
			.header("Authorization", "Bearer " + accessToken)
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.POST(HttpRequest.BodyPublishers.ofString(body));
		for (int index = 0; index < headers.length; index += 2) {
			request.header(headers[index], headers[index + 1]);
		}
		return this.browser.send(request);
	}

	/**
	 * Opens an MCP session, so an answer of 200 means that the token went through.
	 * @param accessToken the bridge token
	 * @return the answer to {@code initialize}
	 */
	public HttpResponse<String> initialize(String accessToken) {
		return call("/mcp", accessToken, """
				{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
				"capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
	}

	/**
	 * Returns the identifier it registered under.
	 * @return the {@code client_id}
	 */
	public String clientId() {
		return this.clientId;
	}

	/**
	 * Returns the secret half of its PKCE.
	 * @return the verifier
	 */
	public String verifier() {
		return this.verifier.getValue();
	}

	/**
	 * Returns its browser.
	 * @return the browser
	 */
	public Browser browser() {
		return this.browser;
	}

	/**
	 * Reads the sealed request from a consent page.
	 * @param page the page
	 * @return the value of the hidden field
	 */
	public static String ticketOf(HttpResponse<String> page) {
		Matcher ticket = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"").matcher(page.body());
		if (!ticket.find()) {
			throw new AssertionError("no consent page: %d %s".formatted(page.statusCode(), page.body()));
		}
		return ticket.group(1);
	}

	/**
	 * Reads the code from the client's redirect URI.
	 * @param answer where the browser ended
	 * @return the code
	 */
	public static String codeOf(URI answer) {
		return parameters(answer).getOrDefault("code", List.of("no code in " + answer)).get(0);
	}

	/**
	 * Reads the parameters of a URL.
	 * @param url the URL
	 * @return its query
	 */
	public static Map<String, List<String>> parameters(URI url) {
		return URLUtils.parseParameters(url.getRawQuery());
	}

	/**
	 * Reads an answer as JSON.
	 * @param answer the answer
	 * @return the document
	 */
	public static JsonNode json(HttpResponse<String> answer) {
		return JSON.readTree(answer.body());
	}

	/**
	 * Reads tokens from an answer of the token endpoint.
	 * @param answer the answer
	 * @return the tokens
	 */
	public static Tokens tokens(HttpResponse<String> answer) {
		if (answer.statusCode() != 200) {
			throw new AssertionError("no tokens: %d %s".formatted(answer.statusCode(), answer.body()));
		}
		JsonNode json = json(answer);
		return new Tokens(json.get("access_token").asString(), json.path("refresh_token").asString(""),
				json.get("expires_in").asLong(), json.get("scope").asString());
	}

	/**
	 * What the token endpoint gave.
	 *
	 * @param accessToken the bridge token
	 * @param refreshToken the refresh token
	 * @param expiresIn how many seconds the bridge token lives
	 * @param scope what was granted
	 */
	public record Tokens(String accessToken, String refreshToken, long expiresIn, String scope) {

	}

}
