package dev.mcpbridge.upstream;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.mcpbridge.upstream.ScriptedUpstream.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class UpstreamDiscoveryServerTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final String RESOURCE = "/.well-known/oauth-protected-resource";

	private static final String SERVER = "/.well-known/oauth-authorization-server";

	private static final String OPENID = "/.well-known/openid-configuration";

	private final ScriptedUpstream upstream = new ScriptedUpstream();

	private final AtomicReference<Instant> now = new AtomicReference<>(ScriptedUpstream.NOW);

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	@Test
	void resourceMetadataNamesTheServerThatIsAskedByItsPath() {
		this.upstream.publishes(RESOURCE + "/v2/mcp",
				"""
						{"resource": "@/v2/mcp", "authorization_servers": ["@/tenant"], "scopes_supported": ["read", "write"]}""")
			.publishes(SERVER + "/tenant", """
					{"issuer": "@/tenant", "authorization_endpoint": "@/authorize", "token_endpoint": "@/token",
					 "registration_endpoint": "@/dcr/register", "revocation_endpoint": "@/revoke",
					 "scopes_supported": ["read", "write", "admin", "offline_access"],
					 "token_endpoint_auth_methods_supported": ["none", "client_secret_post"],
					 "authorization_response_iss_parameter_supported": true, "made_up": {"by": ["them", null]}}""");
		finds(UpstreamProfile.ATLASSIAN_V2, (server) -> {
			assertThat(server.issuer()).isEqualTo(this.upstream.url() + "/tenant");
			assertThat(server.authorizationEndpoint()).isEqualTo(at("/authorize"));
			assertThat(server.tokenEndpoint()).isEqualTo(at("/token"));
			assertThat(server.registrationEndpoint()).isEqualTo(at("/dcr/register"));
			assertThat(server.revocationEndpoint()).isEqualTo(at("/revoke"));
			assertThat(server.scopesSupported()).containsExactly("read", "write", "offline_access");
			assertThat(server.resource()).isEqualTo(at("/v2/mcp"));
			assertThat(server.tokenEndpointAuthMethods()).containsExactly("none", "client_secret_post");
			assertThat(server.authorizationResponseIssParameterSupported()).isTrue();
		});
		assertThat(this.upstream.askedPaths()).containsExactly(RESOURCE + "/v2/mcp", SERVER + "/tenant");
	}

	@Test
	void everyPlaceIsTriedInItsOrder() {
		this.upstream.publishes(RESOURCE, """
				{"resource": "@", "authorization_servers": ["@/tenant/"]}""").publishes("/tenant" + OPENID, """
				{"issuer": "@/tenant/", "authorization_endpoint": "@/a", "token_endpoint": "@/t"}""");
		finds(UpstreamProfile.ATLASSIAN_V2, (server) -> {
			assertThat(server.issuer()).isEqualTo(this.upstream.url() + "/tenant/");
			assertThat(server.registrationEndpoint()).isNull();
			assertThat(server.resource()).isEqualTo(this.upstream.url());
		});
		assertThat(this.upstream.askedPaths()).containsExactly(RESOURCE + "/v2/mcp", RESOURCE, SERVER + "/tenant",
				OPENID + "/tenant", "/tenant" + OPENID);
	}

	@Test
	void withoutResourceMetadataTheOriginIsAsked() {
		this.upstream.publishes(SERVER, metadata("@"));
		finds(UpstreamProfile.ATLASSIAN_V1, (server) -> {
			assertThat(server.issuer()).isEqualTo(this.upstream.url().toString());
			assertThat(server.resource()).isNull();
			assertThat(server.scopesSupported()).isEmpty();
		});
		assertThat(this.upstream.askedPaths()).containsExactly(RESOURCE + "/v1/mcp", RESOURCE, SERVER);
	}

	@Test
	void withoutAnyMetadataTheCapturedPathsAreTaken() {
		finds(UpstreamProfile.ATLASSIAN_SSE, (server) -> {
			assertThat(server.issuer()).isEqualTo(this.upstream.url().toString());
			assertThat(server.authorizationEndpoint()).isEqualTo(at("/v1/authorize"));
			assertThat(server.tokenEndpoint()).isEqualTo(at("/v1/token"));
			assertThat(server.registrationEndpoint()).isEqualTo(at("/v1/register"));
		});
		assertThat(this.upstream.askedPaths()).containsExactly(RESOURCE + "/v1/sse", RESOURCE, SERVER, OPENID);
	}

	@Test
	void aProfileWithoutDefaultPathsNeedsMetadata() {
		failsAs(UpstreamProfile.ATLASSIAN_V2, UpstreamException.Misconfigured.class, "no metadata");
	}

	@Test
	void aServerThatIsNamedHasMetadata() {
		this.upstream.publishes(SERVER, metadata("@")).publishes(RESOURCE + "/v1/mcp", """
				{"resource": "@/v1/mcp", "authorization_servers": ["@/elsewhere"]}""");
		failsAs(UpstreamProfile.ATLASSIAN_V1, UpstreamException.Misconfigured.class, "no metadata of the server");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"authorization_servers\": []}", "[]",
			"{\"resource\": \"https://other.example.com\", \"authorization_servers\": [\"https://a.example.com\"]}",
			"{\"resource\": \"@/v1/mcp/authv2\", \"authorization_servers\": [\"https://a.example.com\"]}",
			"{\"authorization_servers\": [\"https://a.example.com\"]}" })
	void resourceMetadataThatDoesNotSpeakOfUsIsPassedOver(String json) {
		this.upstream.publishes(SERVER, metadata("@"));
		this.upstream.at(RESOURCE, new Answer(200, "text/plain", json.replace("@", this.upstream.url().toString()),
				Map.of(), ScriptedUpstream.Ending.WHOLE));
		finds(UpstreamProfile.ATLASSIAN_V1,
				(server) -> assertThat(server.issuer()).isEqualTo(this.upstream.url().toString()));
	}

	@ParameterizedTest
	@CsvSource({ "STRICT, https://elsewhere.example.com, false", "PINNED, https://elsewhere.example.com, false",
			"PINNED, https://pinned.example.com, true", "STRICT, https://pinned.example.com, false",
			"OFF, https://elsewhere.example.com, true", "STRICT, @/, false", "STRICT, @, true" })
	void theIssuerIsComparedAsConfigured(IssuerPolicy.Validation validation, String issuer, boolean accepted) {
		this.upstream.publishes(SERVER, metadata(issuer));
		UpstreamSettings settings = with(new IssuerPolicy(validation, Set.of("https://pinned.example.com")));
		StepVerifier.FirstStep<UpstreamServer> verifier = StepVerifier.create(discovery(settings).server());
		if (accepted) {
			verifier.expectNextCount(1).expectComplete().verify(SOON);
		}
		else {
			verifier
				.expectErrorSatisfies(
						(failure) -> assertThat(failure).isInstanceOf(UpstreamException.Misconfigured.class)
							.hasMessageContaining("expected: " + this.upstream.url()))
				.verify(SOON);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "authorization_endpoint", "token_endpoint", "registration_endpoint" })
	void anEndpointInTheClearIsRefused(String member) {
		this.upstream.publishes(SERVER,
				metadata("@").replaceFirst("\"" + member + "\": \"@", "\"" + member + "\": \"http://auth.example.com"));
		failsAs(UpstreamProfile.ATLASSIAN_V1, UpstreamException.Misconfigured.class, member + ": http://auth");
	}

	@Test
	void aForeignNameCannotBreakALogLine() {
		this.upstream.publishes(SERVER, metadata("https://evil.example.com\\nlevel=INFO"));
		failsAs(UpstreamProfile.ATLASSIAN_V1, UpstreamException.Misconfigured.class, "evil.example.com?level=INFO");
	}

	@Test
	void aServerInTheClearIsNotEvenAsked() {
		this.upstream.publishes(RESOURCE + "/v1/mcp", """
				{"resource": "@/v1/mcp", "authorization_servers": ["http://auth.example.com"]}""");
		failsAs(UpstreamProfile.ATLASSIAN_V1, UpstreamException.Misconfigured.class, "http://auth.example.com");
	}

	@Test
	void aServerWithoutATokenEndpointIsRefused() {
		this.upstream.publishes(SERVER, "{\"issuer\": \"@\", \"authorization_endpoint\": \"@/a\"}");
		failsAs(UpstreamProfile.ATLASSIAN_V1, UpstreamException.Misconfigured.class, "token_endpoint");
	}

	@ParameterizedTest
	@CsvSource({ "500, SERVER_ERROR", "503, SERVER_ERROR", "429, THROTTLED", "302, UNREADABLE", "403, UNREADABLE" })
	void aServerThatIsOutOfOrderIsNotOneWithoutMetadata(int status, Outage outage) {
		this.upstream.at(SERVER, Answer.html(status).with("Retry-After", "30"));
		failsAs(UpstreamProfile.ATLASSIAN_V1, UpstreamException.Unavailable.class, SERVER, (failure) -> {
			UpstreamException.Unavailable unavailable = (UpstreamException.Unavailable) failure;
			assertThat(unavailable.outage()).isEqualTo(outage);
			assertThat(unavailable.retryAfter()).isEqualTo(Duration.ofSeconds(30));
		});
	}

	@Test
	void aPageForPeopleIsAnOutage() {
		this.upstream.at(RESOURCE, Answer.html(200));
		failsAs(UpstreamProfile.ATLASSIAN_V1, UpstreamException.Unavailable.class, "nothing to use");
	}

	@Test
	void halfADocumentIsAnOutage() {
		this.upstream.at(SERVER, Answer.json(200, "{\"issuer\":").cutOff());
		failsAs(UpstreamProfile.ATLASSIAN_V1, UpstreamException.Unavailable.class, "interrupted");
	}

	@Test
	void tooLargeADocumentIsAnOutage() {
		this.upstream.at(SERVER, Answer.json(200, "{\"issuer\": \"" + "x".repeat(9000) + "\"}"));
		failsAs(UpstreamProfile.ATLASSIAN_V1, UpstreamException.Unavailable.class, "unreadable");
	}

	@Test
	void aSlowUpstreamIsAnOutage() {
		this.upstream.at(RESOURCE, Answer.silence());
		UpstreamSettings settings = this.upstream.settings(UpstreamProfile.ATLASSIAN_V1, Duration.ofMillis(100));
		StepVerifier.create(discovery(settings).server())
			.expectErrorSatisfies((failure) -> assertThat(((UpstreamException.Unavailable) failure).outage())
				.isEqualTo(Outage.TIMEOUT))
			.verify(SOON);
	}

	@Test
	void aHundredCallersCauseOneLookup() {
		this.upstream.publishes(SERVER, metadata("@"));
		UpstreamDiscovery discovery = discovery(this.upstream.settings(UpstreamProfile.ATLASSIAN_V1));
		StepVerifier.create(Flux.range(0, 100).flatMap((i) -> discovery.server(), 100).distinct())
			.expectNextCount(1)
			.expectComplete()
			.verify(SOON);
		assertThat(this.upstream.asked()).hasSize(3);
	}

	@Test
	void theLookupGoesOnWhenItsFirstCallerLeaves() {
		this.upstream.publishes(SERVER, metadata("@")).at(RESOURCE, Answer.json(404, "{}").late());
		UpstreamDiscovery discovery = discovery(this.upstream.settings(UpstreamProfile.ATLASSIAN_V1));
		StepVerifier.create(discovery.server()).thenAwait(Duration.ofMillis(100)).thenCancel().verify(SOON);
		StepVerifier.create(discovery.server()).expectNextCount(1).expectComplete().verify(SOON);
		assertThat(this.upstream.asked()).hasSize(3);
	}

	@Test
	void metadataIsAskedForAgainWhenItIsOld() {
		this.upstream.publishes(SERVER, metadata("@"));
		UpstreamDiscovery discovery = discovery(this.upstream.settings(UpstreamProfile.ATLASSIAN_V1));
		answers(discovery.server());
		after(Duration.ofMinutes(59));
		answers(discovery.server());
		assertThat(this.upstream.asked()).hasSize(3);
		after(Duration.ofMinutes(1));
		answers(discovery.server());
		assertThat(this.upstream.asked()).hasSize(6);
	}

	@Test
	void theLastGoodAnswerServesWhileTheUpstreamIsDown() {
		this.upstream.publishes(SERVER, metadata("@"));
		UpstreamDiscovery discovery = discovery(this.upstream.settings(UpstreamProfile.ATLASSIAN_V1));
		answers(discovery.server());
		this.upstream.at(SERVER, Answer.html(503));
		after(Duration.ofHours(2));
		answers(discovery.server());
		answers(discovery.server());
		assertThat(this.upstream.asked()).as("one failed lookup, remembered").hasSize(6);
		after(Duration.ofSeconds(5));
		answers(discovery.server());
		assertThat(this.upstream.asked()).hasSize(9);
	}

	@Test
	void aFailureIsRememberedForAMomentOnly() {
		this.upstream.at(RESOURCE, Answer.html(503));
		UpstreamDiscovery discovery = discovery(this.upstream.settings(UpstreamProfile.ATLASSIAN_V1));
		fails(discovery.server());
		fails(discovery.server());
		assertThat(this.upstream.asked()).hasSize(2);
		this.upstream.publishes(SERVER, metadata("@")).at(RESOURCE, Answer.json(404, "{}"));
		after(Duration.ofSeconds(5));
		answers(discovery.server());
	}

	@Test
	void anUpstreamThatIsGoneIsUnreachable() {
		UpstreamSettings settings = this.upstream.settings(UpstreamProfile.ATLASSIAN_V1);
		this.upstream.close();
		StepVerifier.create(discovery(settings).server())
			.expectErrorSatisfies((failure) -> assertThat(((UpstreamException.Unavailable) failure).outage())
				.isEqualTo(Outage.UNREACHABLE))
			.verify(SOON);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "true, -, false", "true, @, true", "false, -, true", "false, @, true",
			"true, https://evil.example.com, false", "false, https://evil.example.com, false" })
	void aCallbackOfAnotherServerIsKnownByItsIssuer(boolean promised, String iss, boolean trusted) {
		this.upstream.publishes(SERVER,
				metadata("@").replace("{", "{\"authorization_response_iss_parameter_supported\": " + promised + ", "));
		String named = (iss != null) ? iss.replace("@", this.upstream.url().toString()) : null;
		finds(UpstreamProfile.ATLASSIAN_V1, (server) -> assertThat(server.mayHaveSent(named)).isEqualTo(trusted));
	}

	private void finds(UpstreamProfile profile, Consumer<UpstreamServer> expectation) {
		StepVerifier.create(discovery(this.upstream.settings(profile)).server())
			.assertNext(expectation)
			.expectComplete()
			.verify(SOON);
	}

	private void failsAs(UpstreamProfile profile, Class<? extends UpstreamException> type, String message) {
		failsAs(profile, type, message, (failure) -> {
		});
	}

	private void failsAs(UpstreamProfile profile, Class<? extends UpstreamException> type, String message,
			Consumer<Throwable> expectation) {
		StepVerifier.create(discovery(this.upstream.settings(profile)).server()).expectErrorSatisfies((failure) -> {
			assertThat(failure).isInstanceOf(type).hasMessageContaining(message);
			expectation.accept(failure);
		}).verify(SOON);
	}

	private void answers(Mono<UpstreamServer> server) {
		StepVerifier.create(server).expectNextCount(1).expectComplete().verify(SOON);
	}

	private void fails(Mono<UpstreamServer> server) {
		StepVerifier.create(server).expectError(UpstreamException.Unavailable.class).verify(SOON);
	}

	private void after(Duration time) {
		this.now.updateAndGet((instant) -> instant.plus(time));
	}

	private URI at(String path) {
		return this.upstream.url().resolve(path);
	}

	private UpstreamDiscovery discovery(UpstreamSettings settings) {
		return new UpstreamDiscovery(ScriptedUpstream.http(settings), settings, this.now::get);
	}

	private UpstreamSettings with(IssuerPolicy issuers) {
		UpstreamSettings settings = this.upstream.settings(UpstreamProfile.ATLASSIAN_V1);
		return new UpstreamSettings(settings.profile(), settings.url(), settings.mcpPath(), settings.ssePath(), issuers,
				List.of(), settings.registration(), settings.callback(), settings.clientName(), false,
				settings.limits());
	}

	private static String metadata(String issuer) {
		return """
				{"issuer": "%s", "authorization_endpoint": "@/v1/authorize", "token_endpoint": "@/v1/token", \
				"registration_endpoint": "@/v1/register", "scopes_supported": ["everything"]}""".formatted(issuer);
	}

}
