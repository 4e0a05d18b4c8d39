package dev.mcpbridge.authorization;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static dev.mcpbridge.authorization.FrontDesk.assertError;
import static dev.mcpbridge.authorization.FrontDesk.register;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever wants to be a client of ours, with good and with bad metadata.
 */
class RegistrationServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url()).clock(atlassian.clock()).start();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@Test
	void aPublicClientGetsWhatItRegistered() {
		HttpResponse<String> answer = register(gateway, """
				{"client_name": "A client", "redirect_uris": ["https://app.example.com/cb", "http://localhost/cb"],
				"token_endpoint_auth_method": "none", "grant_types": ["authorization_code"]}
				""");
		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		JsonNode client = TestClient.json(answer);
		assertThat(client.get("client_id").asString()).isNotBlank();
		assertThat(client.has("client_secret")).isFalse();
		assertThat(client.get("client_name").asString()).isEqualTo("A client");
		assertThat(client.get("redirect_uris").toString())
			.isEqualTo("[\"https://app.example.com/cb\",\"http://localhost/cb\"]");
		assertThat(client.get("token_endpoint_auth_method").asString()).isEqualTo("none");
		assertThat(client.get("client_id_issued_at").asLong()).isEqualTo(atlassian.clock().instant().getEpochSecond());
	}

	@Test
	void aClientThatDoesNotSayHowItAuthenticatesGetsASecret() {
		JsonNode client = TestClient.json(register(gateway, "{\"redirect_uris\": [\"https://app.example.com/cb\"]}"));
		assertThat(client.get("token_endpoint_auth_method").asString()).isEqualTo("client_secret_basic");
		assertThat(client.get("client_secret").asString()).hasSizeGreaterThan(40);
		assertThat(client.get("client_secret_expires_at").asLong()).isZero();
		assertThat(client.get("client_id").asString()).doesNotContain(client.get("client_secret").asString());
	}

	@Test
	void twoClientsThatSayTheSameAreTwoClients() {
		String metadata = "{\"redirect_uris\": [\"https://app.example.com/cb\"]}";
		JsonNode one = TestClient.json(register(gateway, metadata));
		JsonNode other = TestClient.json(register(gateway, metadata));
		assertThat(one.get("client_id")).isNotEqualTo(other.get("client_id"));
		assertThat(one.get("client_secret")).isNotEqualTo(other.get("client_secret"));
	}

	@Test
	void metadataWeDoNotUseIsIgnored() {
		HttpResponse<String> answer = register(gateway, """
				{"redirect_uris": ["https://app.example.com/cb"], "software_statement": {"a": [1, {"b": null}]},
				"jwks": {"keys": []}, "client_name#de": "Ein Client", "logo_uri": "javascript:alert(1)", "x": 1e400}
				""");
		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(answer.body()).doesNotContain("javascript", "software_statement");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "\"text\"", "42", "{", "{\"redirect_uris\": [",
			"redirect_uris=https://a/", "{} trailing", "{\"redirect_uris\": {\"a\": 1}}",
			"{\"redirect_uris\": [[\"https://a.example/\"]]}",
			"{\"redirect_uris\": [{\"uri\": \"https://a.example/\"}]}",
			"{\"redirect_uris\": [\"https://a.example/\"], \"client_name\": {\"en\": \"x\"}}",
			"{\"redirect_uris\": [\"https://a.example/\"], \"token_endpoint_auth_method\": []}",
			"{\"redirect_uris\": [\"https://a.example/\"], \"token_endpoint_auth_method\": \"private_key_jwt\"}" })
	void whatIsNotClientMetadataIsRefused(String body) {
		assertError(register(gateway, body), 400, "invalid_client_metadata");
	}

	@Test
	void deeplyNestedJsonIsRefused() {
		assertError(register(gateway, "[".repeat(30_000)), 400, "invalid_client_metadata");
		assertError(register(gateway, "{\"x\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}"), 400,
				"invalid_client_metadata");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "nonsense", "/", "application/json/x",
			"application/;", "; charset=utf-8", "application/json; charset=nonsense" })
	void anyOtherContentTypeIsRefused(String contentType) {
		HttpResponse<String> answer = new Browser().send(HttpRequest.newBuilder(gateway.url("/register"))
			.header("Content-Type", contentType)
			.POST(HttpRequest.BodyPublishers.ofString("{\"redirect_uris\": [\"https://a.example/\"]}")));
		assertError(answer, 400, "invalid_client_metadata");
	}

	@Test
	void aMissingContentTypeIsRefused() {
		HttpResponse<String> answer = new Browser().send(HttpRequest.newBuilder(gateway.url("/register"))
			.POST(HttpRequest.BodyPublishers.ofString("{\"redirect_uris\": [\"https://a.example/\"]}")));
		assertError(answer, 400, "invalid_client_metadata");
	}

	@Test
	void aCharsetBesideTheContentTypeIsFine() {
		HttpResponse<String> answer = new Browser().send(HttpRequest.newBuilder(gateway.url("/register"))
			.header("Content-Type", "application/json;charset=UTF-8")
			.POST(HttpRequest.BodyPublishers.ofString("{\"redirect_uris\": [\"https://a.example/\"]}")));
		assertThat(answer.statusCode()).isEqualTo(201);
	}

	@Test
	void moreThan64KibIsRefused() {
		String metadata = "{\"redirect_uris\": [\"https://a.example/\"], \"filler\": \"%s\"}";
		int rest = RequestBody.MAX_BYTES - metadata.length() + 2;
		assertThat(register(gateway, metadata.formatted("x".repeat(rest))).statusCode()).isEqualTo(201);
		assertError(register(gateway, metadata.formatted("x".repeat(rest + 1))), 400, "invalid_client_metadata");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"redirect_uris\": null}", "{\"redirect_uris\": []}",
			"{\"redirect_uris\": [null]}", "{\"redirect_uris\": [\"\"]}" })
	void noRedirectUriIsRefused(String body) {
		assertError(register(gateway, body), 400, "invalid_redirect_uri");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app.example.com/cb#fragment", "https://app.example.com/cb#",
			"javascript:alert(1)", "JavaScript://app.example.com/%0Aalert(1)", "data:text/html,x", "file:///etc/passwd",
			"http://app.example.com/cb", "http://127.0.0.1.example.com/cb", "http://localhost.example.com/",
			"http://10.0.0.1/cb", "/cb", "app.example.com/cb", "//app.example.com/cb", "https:app.example.com",
			"https:///cb", "https://user:word@app.example.com/cb", "https://localhost@app.example.com/cb",
			"https://app.example.com\\\\@evil.example/", "https://app.example.com/ cb", "https://*.example.com/cb\\n",
			"com.example.app:cb", "vbscript://x/", "intent://x/", "blob://x/", "https://exämple.com/cb" })
	void aRedirectUriThatCouldLeakTheCodeIsRefused(String redirectUri) {
		assertError(
				register(gateway, "{\"redirect_uris\": [\"https://app.example.com/\", \"%s\"]}".formatted(redirectUri)),
				400, "invalid_redirect_uri");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app.example.com/cb?tenant=1", "http://localhost/cb", "http://127.0.0.1:7777/",
			"http://[::1]:8080/cb", "cursor://anysphere.cursor-retrieval/oauth/callback", "com.example.app:/cb" })
	void webLoopbackAndAppRedirectUrisAreFine(String redirectUri) {
		assertThat(FrontDesk.registered(gateway, redirectUri)).isNotBlank();
	}

	@Test
	void tooManyOrTooLongRedirectUrisAreRefused() {
		String many = IntStream.range(0, 21)
			.mapToObj((number) -> "\"https://app.example.com/" + number + "\"")
			.collect(Collectors.joining(","));
		assertError(register(gateway, "{\"redirect_uris\": [%s]}".formatted(many)), 400, "invalid_redirect_uri");
		String tooLong = "https://app.example.com/" + "x".repeat(1024);
		assertError(register(gateway, "{\"redirect_uris\": [\"%s\"]}".formatted(tooLong)), 400, "invalid_redirect_uri");
		String longOnes = IntStream.range(0, 4)
			.mapToObj((number) -> "\"https://app.example.com/" + number + "x".repeat(900) + "\"")
			.collect(Collectors.joining(","));
		assertError(register(gateway, "{\"redirect_uris\": [%s]}".formatted(longOnes)), 400, "invalid_client_metadata");
	}

	@Test
	void aClientWithTheLongestMetadataThatRegistersCanSignIn() {
		String longest = "";
		String metadata = "{\"redirect_uris\": [\"%s\", \"https://app.example.com/%s\"], \"token_endpoint_auth_method\": \"none\"}";
		for (int length = 0; length < 1000; length += 20) {
			HttpResponse<String> answer = register(gateway,
					metadata.formatted(TestClient.REDIRECT_URI, "x".repeat(length)));
			longest = (answer.statusCode() == 201) ? TestClient.json(answer).get("client_id").asString() : longest;
		}
		TestClient person = TestClient.register(gateway.url());
		HttpResponse<String> page = person
			.authorize(FrontDesk.with(person.request(), "client_id", longest, "state", "x".repeat(500)));
		assertThat(Browser.location(person.decide(page, "allow")).toString()).startsWith(atlassian.url().toString());
	}

	@Test
	void aNameIsCutAndCleaned() {
		JsonNode client = TestClient.json(register(gateway, """
				{"redirect_uris": ["https://a.example/"], "client_name": " Good\\u202e\\u0000\\r\\n%s"}
				""".formatted("x".repeat(5000))));
		assertThat(client.get("client_name").asString()).startsWith("Goodxxx").endsWith("x…").hasSize(101);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "\\u200b", "\\u200b \\u200b", "\\u0000" })
	void aNameOfNothingVisibleIsNoName(String name) {
		JsonNode client = TestClient.json(register(gateway,
				"{\"redirect_uris\": [\"https://a.example/\"], \"client_name\": \"%s\"}".formatted(name)));
		assertThat(client.has("client_name")).isFalse();
	}

}
