package dev.mcpbridge.upstream;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.ScriptedUpstream.Answer;
import dev.mcpbridge.upstream.ScriptedUpstream.Asked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class UpstreamRegistrarServerTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final ScriptedUpstream upstream = new ScriptedUpstream();

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	@Test
	void theGatewayAsksToBeAPublicWebClient() {
		registers("{\"client_id\": \"Gj7r28HA4SUrixmW\"}", server(), (client) -> {
			assertThat(client.clientId()).isEqualTo("Gj7r28HA4SUrixmW");
			assertThat(client.clientSecret()).isNull();
			assertThat(client.auth()).isEqualTo(TokenEndpointAuth.NONE);
			assertThat(client.issuer()).isEqualTo("https://issuer.example.com");
			assertThat(client.tokenEndpoint()).isEqualTo(URI.create("https://issuer.example.com/token"));
			assertThat(client.resource()).isEqualTo(URI.create("https://mcp.example.com/mcp"));
			assertThat(client.registeredAt()).isEqualTo(ScriptedUpstream.NOW);
			assertThat(client.expiresAt()).isNull();
		});
		Asked asked = this.upstream.asked().get(0);
		assertThat(asked.method()).isEqualTo("POST");
		assertThat(asked.header("Content-Type")).startsWith("application/json");
		assertThat(asked.header("Accept")).isEqualTo("application/json");
		assertThat(asked.header("User-Agent")).isEqualTo("mcp-bridge-gateway");
		JsonNode sent = JsonMapper.shared().readTree(asked.body());
		assertThat(sent).isEqualTo(JsonMapper.shared()
			.readTree("""
					{"client_name": "MCP Bridge Gateway", "redirect_uris": ["http://localhost:8080/oauth/callback"],
					 "grant_types": %s, "response_types": ["code"], "token_endpoint_auth_method": "none",
					 "scope": "read:jira-work write:jira-work offline_access", "application_type": "web"}"""
				.formatted(sent.get("grant_types"))));
		assertThat(sent.get("grant_types").valueStream().map(JsonNode::stringValue))
			.containsExactlyInAnyOrder("authorization_code", "refresh_token");
	}

	@Test
	void aServerWithoutPublicClientsIsAskedForASecret() {
		registers("{\"client_id\": \"a\", \"client_secret\": \"s\"}", server("client_secret_post"),
				(client) -> assertThat(client.auth()).isEqualTo(TokenEndpointAuth.POST));
		assertThat(this.upstream.asked().get(0).body())
			.contains("\"token_endpoint_auth_method\":\"client_secret_post\"");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-, s, BASIC", "client_secret_basic, s, BASIC",
			"client_secret_post, s, POST", "none, s, NONE", "none, -, NONE", "client_secret_basic, -, NONE" })
	void theAnswerDecidesHowTheClientProvesItself(@Nullable String method, @Nullable String secret,
			TokenEndpointAuth auth) {
		String json = "{\"client_id\": \"a\""
				+ ((method != null) ? ", \"token_endpoint_auth_method\": \"" + method + "\"" : "")
				+ ((secret != null) ? ", \"client_secret\": \"" + secret + "\"" : "") + "}";
		registers(json, server(), (client) -> assertThat(client.auth()).isEqualTo(auth));
	}

	@Test
	void aSecretEndsWhenTheAnswerSaysSo() {
		registers("{\"client_id\": \"a\", \"client_secret\": \"top-secret\", \"client_secret_expires_at\": 1790000000}",
				server(), (client) -> {
					assertThat(client.expiresAt()).isEqualTo(Instant.ofEpochSecond(1790000000));
					assertThat(client.clientSecret()).isEqualTo(Secret.of("top-secret"));
					assertThat(client.toString()).doesNotContain("top-secret");
				});
		registers("{\"client_id\": \"a\", \"client_secret\": \"s\", \"client_secret_expires_at\": 0}", server(),
				(client) -> assertThat(client.expiresAt()).isNull());
	}

	@Test
	void anAuthMethodNobodyKnowsIsRefused() {
		this.upstream.at("/register", Answer.json(201,
				"{\"client_id\": \"a\", \"client_secret\": \"top-secret\", \"token_endpoint_auth_method\": \"tls\"}"));
		fails(server(), UpstreamException.Misconfigured.class,
				(failure) -> assertThat(failure).hasMessageNotContaining("top-secret"));
	}

	@Test
	void aRefusedCallbackSaysWhichOneHasToBeAllowed() {
		this.upstream.at("/register",
				Answer.json(400, "{\"error\": \"invalid_redirect_uri\", \"error_description\": \"host not allowed\"}"));
		fails(server(), UpstreamException.Refused.class, (failure) -> {
			UpstreamException.Refused refused = (UpstreamException.Refused) failure;
			assertThat(refused.code()).isEqualTo("invalid_redirect_uri");
			assertThat(refused.description()).isEqualTo("host not allowed");
			assertThat(refused.status()).isEqualTo(400);
			assertThat(refused).hasMessageContaining("expected: http://localhost:8080/oauth/callback allowed there");
		});
	}

	@Test
	void otherRefusalsDoNotBlameTheCallback() {
		this.upstream.at("/register", Answer.json(403, "{\"error\": \"access_denied\"}"));
		fails(server(), UpstreamException.Refused.class,
				(failure) -> assertThat(failure).hasMessageEndingWith("403 access_denied"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 404, 429, 500 })
	void aPageForPeopleIsAnOutage(int status) {
		this.upstream.at("/register", Answer.html(status));
		fails(server(), UpstreamException.Unavailable.class, (failure) -> {
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403 })
	void aRefusalOnAPageForPeopleIsARefusal(int status) {
		this.upstream.at("/register", Answer.html(status));
		fails(server(), UpstreamException.Refused.class,
				(failure) -> assertThat(failure).hasMessageContaining("refused with " + status));
	}

	@Test
	void anAnswerWithoutAClientIsAnOutage() {
		this.upstream.at("/register", Answer.json(201, "{\"client_secret\": \"top-secret\"}"));
		fails(server(), UpstreamException.Unavailable.class,
				(failure) -> assertThat(failure).hasMessageNotContaining("top-secret"));
	}

	@Test
	void aServerWithoutRegistrationNeedsAConfiguredClient() {
		UpstreamServer server = new UpstreamServer("https://issuer.example.com", URI.create("https://a.example.com"),
				URI.create("https://b.example.com"), null, null, List.of(), null, List.of(), false);
		fails(server, UpstreamException.Misconfigured.class,
				(failure) -> assertThat(failure).hasMessageContaining("mcp.bridge.upstream.registration=static"));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-, none, NONE", "s, client_secret_basic, BASIC",
			"s, client_secret_post, POST", "s, private_key_jwt, BASIC" })
	void aConfiguredClientIsNotRegistered(@Nullable String secret, String offered, TokenEndpointAuth auth) {
		Registration configured = new Registration.Static("ours", (secret != null) ? Secret.of(secret) : null);
		StepVerifier.create(registrar(configured).register(server(offered))).assertNext((client) -> {
			assertThat(client.clientId()).isEqualTo("ours");
			assertThat(client.auth()).isEqualTo(auth);
			assertThat(client.tokenEndpoint()).isEqualTo(URI.create("https://issuer.example.com/token"));
		}).expectComplete().verify(SOON);
		assertThat(this.upstream.asked()).isEmpty();
	}

	private void registers(String answer, UpstreamServer server, Consumer<UpstreamClient> expectation) {
		this.upstream.at("/register", Answer.json(201, answer));
		StepVerifier.create(registrar(new Registration.PerGrant()).register(server))
			.assertNext(expectation)
			.expectComplete()
			.verify(SOON);
	}

	private void fails(UpstreamServer server, Class<? extends UpstreamException> type,
			Consumer<Throwable> expectation) {
		StepVerifier.create(registrar(new Registration.PerGrant()).register(server)).expectErrorSatisfies((failure) -> {
			assertThat(failure).isInstanceOf(type);
			expectation.accept(failure);
		}).verify(SOON);
	}

	private UpstreamServer server(String... authMethods) {
		return new UpstreamServer("https://issuer.example.com", URI.create("https://issuer.example.com/authorize"),
				URI.create("https://issuer.example.com/token"), this.upstream.url().resolve("/register"), null,
				List.of(), URI.create("https://mcp.example.com/mcp"), List.of(authMethods), false);
	}

	private UpstreamRegistrar registrar(Registration registration) {
		UpstreamSettings plain = this.upstream.settings(UpstreamProfile.ATLASSIAN_V1);
		UpstreamSettings settings = new UpstreamSettings(plain.profile(), plain.url(), plain.mcpPath(), plain.ssePath(),
				plain.issuers(), plain.scopes(), registration, plain.callback(), plain.clientName(), false,
				plain.limits());
		return new UpstreamRegistrar(ScriptedUpstream.http(settings), settings, () -> ScriptedUpstream.NOW);
	}

}
