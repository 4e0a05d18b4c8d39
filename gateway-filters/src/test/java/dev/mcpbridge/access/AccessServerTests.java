package dev.mcpbridge.access;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gate of a whole gateway, with clients that signed in and clients that did not.
 */
class AccessServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.property("mcp.bridge.upstream.answer-timeout", "1s")
		.start();

	static final TestClient client = TestClient.register(gateway.url());

	TestClient.Tokens tokens = client.signIn();

	int before;

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@BeforeEach
	void count() {
		this.before = atlassian.mcpRequests();
	}

	@AfterEach
	void heal() {
		atlassian.faults().clear();
	}

	@ParameterizedTest
	@CsvSource({ "/mcp,/mcp", "/v1/mcp,/v1/mcp", "/sse,/sse", "/v1/sse,/v1/sse", "/sse/message?sessionId=1,/sse",
			"/v1/sse/message?sessionId=1,/v1/sse" })
	void whoeverComesWithoutATokenIsChallengedByEveryMethod(String path, String resource) {
		for (String method : List.of("GET", "POST", "DELETE", "PUT", "PATCH")) {
			HttpResponse<String> answer = send(method, path);
			assertChallenged(answer, "Missing or invalid access token", resource);
			assertThat(answer.body())
				.isEqualTo("{\"error\":\"invalid_token\",\"error_description\":\"Missing or invalid access token\"}");
		}
		assertNothingReachedTheUpstream();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Basic dXNlcjpwYXNz", "Bearer", "Bearer ", "Bearer    ", "Bearertoken", "token", "",
			"DPoP token" })
	void aHeaderThatIsNoBearerTokenIsChallenged(String authorization) {
		assertChallenged(send("POST", "/mcp", "Authorization", authorization), "Missing or invalid access token",
				"/mcp");
		assertNothingReachedTheUpstream();
	}

	@Test
	void twoHeadersAreChallengedEvenIfBothAreGood() {
		String bearer = "Bearer " + this.tokens.accessToken();
		assertChallenged(send("POST", "/mcp", "Authorization", bearer, "Authorization", bearer),
				"Missing or invalid access token", "/mcp");
		assertChallenged(send("POST", "/mcp", "Authorization", bearer + ", " + bearer), "Invalid access token", "/mcp");
		assertNothingReachedTheUpstream();
	}

	@Test
	void aTokenInTheQueryIsChallengedAlsoBesideAGoodOne() {
		String path = "/mcp?access_token=" + this.tokens.accessToken();
		assertChallenged(send("POST", path), "Missing or invalid access token", "/mcp");
		assertChallenged(send("POST", path, "Authorization", "Bearer " + this.tokens.accessToken()),
				"Missing or invalid access token", "/mcp");
		assertNothingReachedTheUpstream();
	}

	@Test
	void theSchemeIsReadInAnyCase() {
		assertThat(client.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(200);
		assertThat(send("POST", "/mcp", "Authorization", "bearer " + this.tokens.accessToken()).statusCode())
			.isNotEqualTo(401);
	}

	@ParameterizedTest
	@MethodSource("forgeries")
	void aTokenThatIsNotOursIsChallenged(String token) {
		assertChallenged(send("POST", "/mcp", "Authorization", "Bearer " + token), "Invalid access token", "/mcp");
		assertNothingReachedTheUpstream();
	}

	static Stream<String> forgeries() throws Exception {
		TestClient.Tokens good = client.signIn();
		SignedJWT jwt = SignedJWT.parse(good.accessToken());
		JWTClaimsSet claims = jwt.getJWTClaimsSet();
		SignedJWT confused = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).type(jwt.getHeader().getType())
			.keyID(jwt.getHeader().getKeyID())
			.build(), claims);
		confused.sign(new MACSigner(publishedKeys().getKeys().get(0).toRSAKey().toRSAPublicKey().getEncoded()));
		String foreign = signed(Keys.rsa(jwt.getHeader().getKeyID()), jwt);
		String signature = good.accessToken().substring(good.accessToken().lastIndexOf('.') + 1);
		return Stream.of(good.refreshToken(), client.clientId(), new PlainJWT(claims).serialize(), confused.serialize(),
				foreign, good.accessToken().replace(signature, ""),
				good.accessToken().replace(signature, new StringBuilder(signature).reverse()),
				atlassian.issuedTokens().get(0), "garbage", "a.b.c", "a.b.c.d.e", "eyJhbGciOiJkaXIifQ....");
	}

	@Test
	void aTokenIsOverAMinuteBeforeTheUpstreams() {
		assertThat(this.tokens.expiresIn()).isBetween(3230L, 3240L);
		atlassian.clock().advance(Duration.ofSeconds(3241));
		assertChallenged(client.initialize(this.tokens.accessToken()), "Invalid access token", "/mcp");
		assertNothingReachedTheUpstream();
	}

	@Test
	void anyResourceServerCanVerifyATokenByThePublishedKeys() throws Exception {
		DefaultJWTProcessor<SecurityContext> plain = new DefaultJWTProcessor<>();
		plain.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
		plain.setJWSKeySelector(
				new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(publishedKeys())));
		plain.setJWTClaimsSetVerifier((claims, context) -> {
		});
		JWTClaimsSet claims = plain.process(this.tokens.accessToken(), null);
		assertThat(claims.getIssuer()).isEqualTo(gateway.url().toString());
		assertThat(claims.getAudience()).containsExactly(gateway.url("/mcp").toString());
		assertThat(claims.getStringClaim("client_id")).isEqualTo(client.clientId());
		assertThat(publishedKeys().toString(false)).doesNotContain("\"d\"");
		JWTClaimsSet again = plain.process(client.signIn().accessToken(), null);
		assertThat(again.getSubject()).isEqualTo(claims.getSubject())
			.doesNotContain(AtlassianSimulator.CAPTURED_PERSON);
		assertThat(again.getStringClaim("gid")).isNotEqualTo(claims.getStringClaim("gid"));
	}

	@Test
	void theUpstreamSeesItsOwnTokenAndNeverOurs() {
		assertThat(client.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(200);
		assertThat(atlassian.requests().get(atlassian.requests().size() - 1).header("authorization"))
			.startsWith("Bearer " + AtlassianSimulator.CAPTURED_PERSON);
		assertThat(atlassian.requests()).noneMatch((request) -> request.toString().contains(this.tokens.accessToken()));
	}

	@Test
	void whatTheUpstreamRefusesForEverIsChallengedAsOurs() {
		atlassian.faults().always(Endpoint.MCP, Fault.status(401));
		HttpResponse<String> answer = client.initialize(this.tokens.accessToken());
		assertChallenged(answer, "Invalid access token", "/mcp");
	}

	@Test
	void aHundredCallersOfAnAgeingTokenCauseOneRefreshAndAllGetAnAnswer() {
		atlassian.clock().advance(Duration.ofSeconds(3200));
		int refreshes = atlassian.refreshes();
		assertThat(callConcurrently(100)).hasSize(100).allMatch((answer) -> answer.statusCode() == 200);
		assertThat(atlassian.refreshes()).isEqualTo(refreshes + 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/mcp", "/v1/mcp", "/sse", "/v1/sse" })
	void everyEndpointDescribesItself(String path) {
		HttpResponse<String> answer = send("GET", "/.well-known/oauth-protected-resource" + path);
		assertThat(answer.statusCode()).isEqualTo(200);
		JsonNode metadata = TestClient.json(answer);
		assertThat(metadata.get("resource").asString()).isEqualTo(gateway.url(path).toString());
		assertThat(metadata.get("authorization_servers").toString()).isEqualTo("[\"%s\"]".formatted(gateway.url()));
		assertThat(metadata.get("bearer_methods_supported").toString()).isEqualTo("[\"header\"]");
		assertThat(metadata.path("scopes_supported").toString()).doesNotContain("offline_access");
	}

	@Test
	void theRootDescribesItself() {
		HttpResponse<String> answer = send("GET", "/.well-known/oauth-protected-resource");
		assertThat(TestClient.json(answer).get("resource").asString()).isEqualTo(gateway.url().toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/unknown", "/mcp//", "/mcp/x", "/sse/message", "//mcp", "/v1", "/MCP" })
	void nothingElseIsDescribed(String path) {
		assertThat(send("GET", "/.well-known/oauth-protected-resource" + path).statusCode()).isEqualTo(404);
	}

	@Test
	void aTokenEndpointThatIsDownCostsNobodyALogin() {
		atlassian.clock().advance(Duration.ofSeconds(3200));
		atlassian.faults().always(Endpoint.TOKEN, Fault.tooManyRequests(Duration.ofSeconds(30)));
		assertThat(client.initialize(this.tokens.accessToken()).statusCode()).as("while it serves").isEqualTo(200);
	}

	private List<HttpResponse<String>> callConcurrently(int callers) {
		ExecutorService threads = Executors.newFixedThreadPool(callers);
		try {
			List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, callers)
				.mapToObj((i) -> CompletableFuture.supplyAsync(() -> client.initialize(this.tokens.accessToken()),
						threads))
				.toList();
			return calls.stream().map(CompletableFuture::join).toList();
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static String signed(RSAKey key, SignedJWT like) {
		try {
			SignedJWT jwt = new SignedJWT(like.getHeader(), like.getJWTClaimsSet());
			jwt.sign(new RSASSASigner(key));
			return jwt.serialize();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static JWKSet publishedKeys() throws Exception {
		return JWKSet.parse(send("GET", "/jwks.json").body());
	}

	private static HttpResponse<String> send(String method, String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(gateway.url(path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		for (int index = 0; index < headers.length; index += 2) {
			request.header(headers[index], headers[index + 1]);
		}
		return new Browser().send(request);
	}

	private void assertNothingReachedTheUpstream() {
		assertThat(atlassian.mcpRequests()).isEqualTo(this.before);
	}

	private static void assertChallenged(HttpResponse<String> answer, String description, String resource) {
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.headers().allValues("www-authenticate")).containsExactly(
				"Bearer realm=\"OAuth\", error=\"invalid_token\", error_description=\"%s\", resource_metadata=\"%s\""
					.formatted(description, gateway.url("/.well-known/oauth-protected-resource" + resource)));
		assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
		assertThat(answer.headers().allValues("cache-control")).containsExactly("no-store");
		assertThat(answer.headers().map()).doesNotContainKeys("server", "alt-svc", "set-cookie");
	}

}
