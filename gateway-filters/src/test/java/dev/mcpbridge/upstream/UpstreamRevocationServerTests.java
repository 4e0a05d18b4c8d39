package dev.mcpbridge.upstream;

import java.time.Duration;

import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.RevocationAnswer.Accepted;
import dev.mcpbridge.upstream.RevocationAnswer.NotOffered;
import dev.mcpbridge.upstream.RevocationAnswer.Refused;
import dev.mcpbridge.upstream.RevocationAnswer.Unavailable;
import dev.mcpbridge.upstream.ScriptedUpstream.Answer;
import dev.mcpbridge.upstream.ScriptedUpstream.Asked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class UpstreamRevocationServerTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final String METADATA = "/.well-known/oauth-authorization-server";

	private static final Secret REFRESH_TOKEN = Secret.of("id:grant:refresh");

	private final ScriptedUpstream upstream = new ScriptedUpstream();

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	@Test
	void aTokenIsGivenBackInAFormThatSaysWhatItIs() {
		offerRevocation();
		this.upstream.at("/revoke", Answer.json(200, ""));
		verify(revocation().refreshToken(client(TokenEndpointAuth.NONE), REFRESH_TOKEN), new Accepted());
		verify(revocation().accessToken(client(TokenEndpointAuth.NONE), Secret.of("id:grant:access")), new Accepted());
		assertThat(asked(0).method()).isEqualTo("POST");
		assertThat(asked(0).body().split("&")).containsExactlyInAnyOrder("token=id%3Agrant%3Arefresh",
				"token_type_hint=refresh_token", "client_id=upstream-client");
		assertThat(asked(1).body().split("&")).containsExactlyInAnyOrder("token=id%3Agrant%3Aaccess",
				"token_type_hint=access_token", "client_id=upstream-client");
	}

	@Test
	void aClientWithASecretProvesItselfAsItWasTold() {
		offerRevocation();
		this.upstream.at("/revoke", Answer.json(200, ""));
		verify(revocation().refreshToken(client(TokenEndpointAuth.BASIC), REFRESH_TOKEN), new Accepted());
		verify(revocation().refreshToken(client(TokenEndpointAuth.POST), REFRESH_TOKEN), new Accepted());
		assertThat(asked(0).header("Authorization")).isEqualTo("Basic dXBzdHJlYW0tY2xpZW50OnRvcCUzQXNlY3JldA==");
		assertThat(asked(0).body()).doesNotContain("client_secret");
		assertThat(asked(1).body()).contains("client_id=upstream-client").contains("client_secret=top%3Asecret");
	}

	@Test
	void whereItIsNotOfferedNothingIsSent() {
		this.upstream.publishes(METADATA, metadata(""));
		verify(revocation().refreshToken(client(TokenEndpointAuth.NONE), REFRESH_TOKEN), new NotOffered());
		assertThat(this.upstream.asked()).noneMatch((asked) -> asked.method().equals("POST"));
	}

	@Test
	void aServerThatDidNotIssueTheTokenDoesNotSeeIt() {
		offerRevocation();
		UpstreamClient client = new UpstreamClient("upstream-client", null, TokenEndpointAuth.NONE,
				"https://former.example", this.upstream.url().resolve("/token"), null, ScriptedUpstream.NOW, null);
		verify(revocation().refreshToken(client, REFRESH_TOKEN), new NotOffered());
		assertThat(this.upstream.asked()).noneMatch((asked) -> asked.method().equals("POST"));
	}

	@ParameterizedTest
	@CsvSource({ "400, unsupported_token_type", "401, invalid_client", "200, invalid_request" })
	void anOAuthErrorIsARefusal(int status, String code) {
		offerRevocation();
		this.upstream.at("/revoke", Answer.json(status, "{\"error\": \"%s\"}".formatted(code)));
		verify(revocation().refreshToken(client(TokenEndpointAuth.NONE), REFRESH_TOKEN), new Refused(code, status));
	}

	@ParameterizedTest
	@CsvSource({ "503, SERVER_ERROR", "500, SERVER_ERROR", "429, THROTTLED", "302, UNREADABLE", "404, UNREADABLE",
			"200, UNREADABLE" })
	void aPageOrAnErrorOfTheServerIsAnOutage(int status, Outage outage) {
		offerRevocation();
		this.upstream.at("/revoke", Answer.html(status));
		verify(revocation().refreshToken(client(TokenEndpointAuth.NONE), REFRESH_TOKEN), new Unavailable(outage));
	}

	@Test
	void aServerThatIsSlowOrGoneIsAnOutage() {
		offerRevocation();
		this.upstream.at("/revoke", Answer.silence());
		UpstreamRevocation revocation = revocation(Duration.ofSeconds(1));
		verify(revocation.refreshToken(client(TokenEndpointAuth.NONE), REFRESH_TOKEN), new Unavailable(Outage.TIMEOUT));
		this.upstream.close();
		verify(revocation.refreshToken(client(TokenEndpointAuth.NONE), REFRESH_TOKEN),
				new Unavailable(Outage.UNREACHABLE));
	}

	@Test
	void anUpstreamThatCannotBeFoundIsAnOutage() {
		Mono<RevocationAnswer> answer = revocation().refreshToken(client(TokenEndpointAuth.NONE), REFRESH_TOKEN);
		this.upstream.close();
		verify(answer, new Unavailable(Outage.UNREACHABLE));
	}

	@Test
	void aTokenThatCannotBeSentIsNoException() {
		offerRevocation();
		verify(revocation().refreshToken(client(TokenEndpointAuth.NONE), Secret.of(" ")),
				new Unavailable(Outage.UNREADABLE));
	}

	private void offerRevocation() {
		this.upstream.publishes(METADATA, metadata(", \"revocation_endpoint\": \"@/revoke\""));
	}

	private static String metadata(String more) {
		return """
				{"issuer": "@", "authorization_endpoint": "@/authorize", "token_endpoint": "@/token"%s}"""
			.formatted(more);
	}

	private Asked asked(int index) {
		return this.upstream.asked().stream().filter((asked) -> asked.method().equals("POST")).toList().get(index);
	}

	private static void verify(Mono<RevocationAnswer> answer, RevocationAnswer expected) {
		StepVerifier.create(answer).expectNext(expected).expectComplete().verify(SOON);
	}

	private UpstreamRevocation revocation() {
		return revocation(Duration.ofSeconds(5));
	}

	private UpstreamRevocation revocation(Duration timeout) {
		UpstreamSettings settings = this.upstream.settings(UpstreamProfile.ATLASSIAN_V1, timeout);
		UpstreamHttp http = ScriptedUpstream.http(settings);
		return new UpstreamRevocation(http, new UpstreamDiscovery(http, settings, () -> ScriptedUpstream.NOW));
	}

	private UpstreamClient client(TokenEndpointAuth auth) {
		Secret secret = (auth != TokenEndpointAuth.NONE) ? Secret.of("top:secret") : null;
		return new UpstreamClient("upstream-client", secret, auth, this.upstream.url().toString(),
				this.upstream.url().resolve("/token"), null, ScriptedUpstream.NOW, null);
	}

}
