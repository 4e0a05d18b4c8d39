package dev.mcpbridge.upstream;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.ScriptedUpstream.Answer;
import dev.mcpbridge.upstream.ScriptedUpstream.Asked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class UpstreamTokenEndpointServerTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final CodeVerifier VERIFIER = new CodeVerifier("M4-5cxs0hvQJMEEmUJGd5tk-_ZHb-oQE739oWt9Gp08");

	private static final Secret CODE = Secret.of("5cab6ba65d3a4c096bc47e88:WJymxobLGdfiABLZ:WUaH4nBneP532DcNhxoo");

	private static final Secret REFRESH_TOKEN = Secret.of("5cab6ba65d3a4c096bc47e88:yOCe683ffO8tD1fX:TdWebAaKGU");

	private static final String ISSUED = """
			{"access_token": "id:grant:access-1", "token_type": "bearer", "expires_in": 3300,
			 "refresh_token": "id:grant:refresh-1", "scope": "read:jira-work write:jira-work offline_access"}""";

	private final ScriptedUpstream upstream = new ScriptedUpstream();

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	@Test
	void aCodeIsRedeemedInAForm() {
		this.upstream.at("/v1/token", Answer.json(200, ISSUED));
		verify(endpoint().exchange(client(null, null), CODE, VERIFIER), (answer) -> {
			UpstreamTokens tokens = ((TokenAnswer.Issued) answer).tokens();
			assertThat(tokens.accessToken()).isEqualTo(Secret.of("id:grant:access-1"));
			assertThat(tokens.refreshToken()).isEqualTo(Secret.of("id:grant:refresh-1"));
			assertThat(tokens.expiresAt()).isEqualTo(ScriptedUpstream.NOW.plusSeconds(3300));
			assertThat(tokens.scope()).containsExactly("read:jira-work", "write:jira-work", "offline_access");
			assertThat(tokens.tokenType()).isEqualTo("bearer");
		});
		Asked asked = this.upstream.asked().get(0);
		assertThat(asked.method()).isEqualTo("POST");
		assertThat(asked.header("Content-Type")).startsWith("application/x-www-form-urlencoded");
		assertThat(asked.header("Content-Length")).isEqualTo(String.valueOf(asked.body().length()));
		assertThat(asked.header("Accept")).isEqualTo("application/json");
		assertThat(asked.header("User-Agent")).isEqualTo("mcp-bridge-gateway");
		assertThat(asked.header("Authorization")).isNull();
		assertThat(asked.body().split("&")).containsExactlyInAnyOrder("grant_type=authorization_code",
				"code=5cab6ba65d3a4c096bc47e88%3AWJymxobLGdfiABLZ%3AWUaH4nBneP532DcNhxoo",
				"redirect_uri=http%3A%2F%2Flocalhost%3A8080%2Foauth%2Fcallback",
				"code_verifier=M4-5cxs0hvQJMEEmUJGd5tk-_ZHb-oQE739oWt9Gp08", "client_id=Gj7r28HA4SUrixmW");
	}

	@Test
	void aRefreshTokenIsRedeemedInAForm() {
		this.upstream.at("/v1/token", Answer.json(200, ISSUED));
		verify(endpoint().refresh(client(null, null), REFRESH_TOKEN),
				(answer) -> assertThat(answer).isInstanceOf(TokenAnswer.Issued.class));
		assertThat(this.upstream.asked().get(0).body().split("&")).containsExactlyInAnyOrder("grant_type=refresh_token",
				"refresh_token=5cab6ba65d3a4c096bc47e88%3AyOCe683ffO8tD1fX%3ATdWebAaKGU", "client_id=Gj7r28HA4SUrixmW");
	}

	@Test
	void theResourceOfTheClientIsSentAlong() {
		this.upstream.at("/v1/token", Answer.json(200, ISSUED));
		URI resource = URI.create("https://mcp.atlassian.com/v2/mcp");
		verify(endpoint().exchange(client(null, resource), CODE, VERIFIER), (answer) -> {
		});
		verify(endpoint().refresh(client(null, resource), REFRESH_TOKEN), (answer) -> {
		});
		assertThat(this.upstream.asked()).hasSize(2)
			.allSatisfy((asked) -> assertThat(asked.body())
				.contains("resource=https%3A%2F%2Fmcp.atlassian.com%2Fv2%2Fmcp"));
	}

	@Test
	void aClientWithASecretProvesItselfAsItWasTold() {
		this.upstream.at("/v1/token", Answer.json(200, ISSUED));
		verify(endpoint().refresh(client(TokenEndpointAuth.BASIC, null), REFRESH_TOKEN), (answer) -> {
		});
		verify(endpoint().refresh(client(TokenEndpointAuth.POST, null), REFRESH_TOKEN), (answer) -> {
		});
		Asked basic = this.upstream.asked().get(0);
		assertThat(basic.header("Authorization")).isEqualTo("Basic R2o3cjI4SEE0U1VyaXhtVzp0b3AlM0FzZWNyZXQ=");
		assertThat(basic.body()).doesNotContain("client_secret");
		Asked post = this.upstream.asked().get(1);
		assertThat(post.header("Authorization")).isNull();
		assertThat(post.body()).contains("client_id=Gj7r28HA4SUrixmW").contains("client_secret=top%3Asecret");
	}

	@ParameterizedTest
	@CsvSource({ "400, invalid_grant, true, false", "401, invalid_client, true, true",
			"400, unauthorized_client, true, false", "400, invalid_request, false, false",
			"400, invalid_scope, false, false", "403, access_denied, false, false", "200, invalid_grant, true, false" })
	void anOAuthErrorIsARefusal(int status, String code, boolean permanent, boolean clientUnknown) {
		this.upstream.at("/v1/token", Answer.json(status,
				"{\"error\": \"%s\", \"error_description\": \"Grant\\nnot found\"}".formatted(code)));
		verify(refresh(), (answer) -> {
			TokenAnswer.Refused refused = (TokenAnswer.Refused) answer;
			assertThat(refused).isEqualTo(new TokenAnswer.Refused(code, "Grant?not found", status));
			assertThat(refused.permanent()).isEqualTo(permanent);
			assertThat(refused.clientUnknown()).isEqualTo(clientUnknown);
			assertThat(refused.toString()).doesNotContain("Grant");
		});
	}

	@ParameterizedTest
	@CsvSource({ "500, invalid_grant, SERVER_ERROR", "503, temporarily_unavailable, SERVER_ERROR",
			"400, temporarily_unavailable, SERVER_ERROR", "400, server_error, SERVER_ERROR",
			"429, invalid_grant, THROTTLED", "429, slow_down, THROTTLED", "302, invalid_grant, UNREADABLE",
			"408, invalid_request, SERVER_ERROR" })
	void anErrorOfTheServerIsAnOutageWhateverItsWords(int status, String code, Outage outage) {
		this.upstream.at("/v1/token", Answer.json(status, "{\"error\": \"%s\"}".formatted(code)));
		verify(refresh(), isOutage(outage, null));
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 400, 401, 403, 404 })
	void aPageForPeopleIsAnOutage(int status) {
		this.upstream.at("/v1/token", Answer.html(status));
		verify(refresh(), isOutage(Outage.UNREADABLE, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "[]", "null", "{\"token_type\": \"bearer\", \"refresh_token\": \"r\"}",
			"{\"access_token\": \"\"}", "{\"access_token\": 7}", "{\"access_token\": \"two words\"}",
			"{\"access_token\": \"line\\nbreak\"}", "{\"access_token\": \"a\", \"token_type\": \"DPoP\"}",
			"{\"access_token\": \"a\"", "{\"error\": {\"code\": 7}}", "{\"error\": \"no\\ncode\"}" })
	void anAnswerWithoutATokenToUseIsAnOutage(String body) {
		this.upstream.at("/v1/token", Answer.json(200, body));
		verify(refresh(), isOutage(Outage.UNREADABLE, null));
	}

	@ParameterizedTest
	@CsvSource({ "120, 120", "0, 0", "'Sat, 22 Aug 2026 12:00:30 GMT', 30", "'Sat, 22 Aug 2026 11:00:00 GMT', 0",
			"999999999, 86400" })
	void anUpstreamThatAsksForTimeGetsIt(String retryAfter, long seconds) {
		this.upstream.at("/v1/token", Answer.json(429, "{}").with("Retry-After", retryAfter));
		verify(refresh(), isOutage(Outage.THROTTLED, Duration.ofSeconds(seconds)));
		this.upstream.at("/v1/token", Answer.html(503).with("Retry-After", retryAfter));
		verify(refresh(), isOutage(Outage.SERVER_ERROR, Duration.ofSeconds(seconds)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "soon", "-5", "1.5", "99999999999999999999",
			"Sat, 22 Aug 2026 12:00:30 GMT, or when the moon is full and nobody is looking" })
	void anUpstreamThatDoesNotSayWhenIsNotGuessed(String retryAfter) {
		this.upstream.at("/v1/token", Answer.json(429, "{}").with("Retry-After", retryAfter));
		verify(refresh(), isOutage(Outage.THROTTLED, null));
	}

	@Test
	void anAnswerThatIsCutOffIsAnOutageThatMayHaveUsedTheToken() {
		this.upstream.at("/v1/token", Answer.json(200, ISSUED).cutOff());
		verify(refresh(), isOutage(Outage.INTERRUPTED, null));
		assertThat(Outage.INTERRUPTED.maybeActedOn()).isTrue();
		assertThat(this.upstream.asked()).as("never sent twice").hasSize(1);
	}

	@Test
	void anUpstreamThatHangsUpIsNotAskedAgain() {
		this.upstream.at("/v1/token", Answer.json(200, ISSUED).hungUp());
		verify(refresh(), isOutage(Outage.INTERRUPTED, null));
		assertThat(this.upstream.asked()).as("never sent twice").hasSize(1);
	}

	@Test
	void aTokenIsNeverLostOnAConnectionThatWasClosedMeanwhile() {
		this.upstream.at("/v1/token", Answer.json(200, ISSUED));
		verify(refresh(), (answer) -> assertThat(answer).isInstanceOf(TokenAnswer.Issued.class));
		assertThat(this.upstream.asked().get(0).header("Connection")).isEqualTo("close");
	}

	@Test
	void anAnswerThatNeverEndsIsCutShort() {
		this.upstream.at("/v1/token", Answer.json(200, "{\"access_token\": \"" + "a".repeat(9000) + "\"}"));
		verify(refresh(), isOutage(Outage.UNREADABLE, null));
	}

	@Test
	void aSlowAnswerIsAnOutageThatMayHaveUsedTheToken() {
		this.upstream.at("/v1/token", Answer.silence());
		UpstreamSettings settings = this.upstream.settings(UpstreamProfile.ATLASSIAN_V1, Duration.ofMillis(200));
		verify(endpoint(settings).refresh(client(null, null), REFRESH_TOKEN), isOutage(Outage.TIMEOUT, null));
		assertThat(Outage.TIMEOUT.maybeActedOn()).isTrue();
	}

	@Test
	void anUpstreamThatIsGoneHasNotSeenTheToken() {
		Mono<TokenAnswer> refresh = refresh();
		this.upstream.close();
		verify(refresh, isOutage(Outage.UNREACHABLE, null));
		assertThat(Outage.UNREACHABLE.maybeActedOn()).isFalse();
	}

	@Test
	void aCodeThatCannotBeSentIsNoException() {
		verify(endpoint().exchange(client(null, null), Secret.of(" "), VERIFIER), isOutage(Outage.UNREADABLE, null));
		assertThat(this.upstream.asked()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "60, 60", "\"60\", 60", "60.0, 60", "0, 0", "-1, 0", "\"soon\", 3300",
			"null, 3300", "99999999999999999999, 3300", "9999999999, 315360000" })
	void aTokenEndsAsTheAnswerSaysElseAsConfigured(String expiresIn, long seconds) {
		this.upstream.at("/v1/token", Answer.json(200, "{\"access_token\": \"a\", \"expires_in\": " + expiresIn + "}"));
		verify(refresh(), (answer) -> {
			UpstreamTokens tokens = ((TokenAnswer.Issued) answer).tokens();
			assertThat(tokens.expiresAt()).isEqualTo(ScriptedUpstream.NOW.plusSeconds(seconds));
			assertThat(tokens.refreshToken()).isNull();
			assertThat(tokens.scope()).isEmpty();
			assertThat(tokens.tokenType()).isEqualTo("Bearer");
		});
	}

	@Test
	void aTokensLifeIsCountedFromWhenItWasAskedFor() {
		this.upstream.at("/v1/token", Answer.json(200, ISSUED));
		var times = List.of(ScriptedUpstream.NOW, ScriptedUpstream.NOW.plusSeconds(20)).iterator();
		UpstreamSettings settings = this.upstream.settings(UpstreamProfile.ATLASSIAN_V1);
		UpstreamTokenEndpoint endpoint = new UpstreamTokenEndpoint(ScriptedUpstream.http(settings), settings,
				times::next);
		Instant end = ScriptedUpstream.NOW.plusSeconds(3300);
		verify(endpoint.refresh(client(null, null), REFRESH_TOKEN),
				(answer) -> assertThat(((TokenAnswer.Issued) answer).tokens().expiresAt()).isEqualTo(end));
	}

	@Test
	void noAnswerPrintsAToken() {
		this.upstream.at("/v1/token", Answer.json(200, ISSUED));
		verify(refresh(),
				(answer) -> assertThat(answer.toString()).contains("***")
					.doesNotContain("access-1")
					.doesNotContain("refresh-1"));
	}

	private void verify(Mono<TokenAnswer> answer, Consumer<TokenAnswer> expectation) {
		StepVerifier.create(answer).assertNext(expectation).expectComplete().verify(SOON);
	}

	private Consumer<TokenAnswer> isOutage(Outage outage, @Nullable Duration retryAfter) {
		return (answer) -> assertThat(answer).isEqualTo(new TokenAnswer.Unavailable(outage, retryAfter));
	}

	private Mono<TokenAnswer> refresh() {
		return endpoint().refresh(client(null, null), REFRESH_TOKEN);
	}

	private UpstreamTokenEndpoint endpoint() {
		return endpoint(this.upstream.settings(UpstreamProfile.ATLASSIAN_V1));
	}

	private UpstreamTokenEndpoint endpoint(UpstreamSettings settings) {
		return new UpstreamTokenEndpoint(ScriptedUpstream.http(settings), settings, () -> ScriptedUpstream.NOW);
	}

	private UpstreamClient client(@Nullable TokenEndpointAuth auth, @Nullable URI resource) {
		return new UpstreamClient("Gj7r28HA4SUrixmW", (auth != null) ? Secret.of("top:secret") : null,
				(auth != null) ? auth : TokenEndpointAuth.NONE, this.upstream.url().toString(),
				this.upstream.url().resolve("/v1/token"), resource, ScriptedUpstream.NOW, null);
	}

}
