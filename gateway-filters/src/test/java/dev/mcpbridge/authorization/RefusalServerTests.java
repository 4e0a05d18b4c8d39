package dev.mcpbridge.authorization;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestClient.Tokens;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.mcpbridge.authorization.FrontDesk.assertError;
import static dev.mcpbridge.authorization.FrontDesk.codeFor;
import static dev.mcpbridge.authorization.FrontDesk.redemption;
import static dev.mcpbridge.authorization.FrontDesk.with;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever is refused tokens is told little; an operator is told why, and nothing of whom.
 */
@ExtendWith(OutputCaptureExtension.class)
class RefusalServerTests {

	static final HeardTokens heard = new HeardTokens();

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.bean(HeardTokens.class, heard)
		.start();

	static final TestGateway otherGateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.withKeysOfItsOwn()
		.start();

	final TestClient client = TestClient.register(gateway.url());

	final Tokens tokens = this.client.signIn();

	@AfterAll
	static void stop() {
		gateway.close();
		otherGateway.close();
		atlassian.close();
	}

	@Test
	void whatIsNotOursOrNotWholeIsUnreadable(CapturedOutput output) {
		String good = this.tokens.refreshToken();
		String foreign = TestClient.register(otherGateway.url()).signIn().refreshToken();
		for (String token : List.of("x", "....", foreign, good.substring(0, good.length() / 2),
				good.substring(0, good.length() - 4) + "AAAA", good + "A".repeat(40_000), this.tokens.accessToken())) {
			assertRefused(this.client.refresh(token), "unreadable");
		}
		assertThat(this.client.initialize(good).statusCode()).as("the reverse").isEqualTo(401);
		assertThat(this.client.refresh(good).statusCode()).as("it is as good as before").isEqualTo(200);
		assertThat(output).contains("token refused error=invalid_grant reason=unreadable")
			.doesNotContain(foreign.substring(0, 40), good.substring(good.length() - 40));
	}

	@Test
	void anothersTokenIsForeign() {
		TestClient other = TestClient.register(gateway.url());
		assertRefused(other.refresh(this.tokens.refreshToken()), "foreign");
		String code = codeFor(this.client);
		assertRefused(this.client.token(with(redemption(this.client, code), "client_id", other.clientId())), "foreign");
		assertThat(this.client.refresh(this.tokens.refreshToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void whatIsOverIsExpired() {
		String code = codeFor(this.client);
		atlassian.clock().advance(Duration.ofDays(91));
		assertRefused(this.client.redeem(code), "expired");
		assertRefused(this.client.refresh(this.tokens.refreshToken()), "expired", "login expired");
	}

	@Test
	void aCodeUsedAgainIsReplayedAndItsGrantEnded() {
		String code = codeFor(this.client);
		Tokens second = TestClient.tokens(this.client.redeem(code));
		assertRefused(this.client.redeem(code), "replayed", "revoked CODE_REPLAY");
		assertRefused(this.client.refresh(second.refreshToken()), "ended", "login ended");
	}

	@Test
	void aCodeWithoutItsVerifierIsUnproven() {
		String code = codeFor(this.client);
		Map<String, String> form = with(redemption(this.client, code), "code_verifier", new CodeVerifier().getValue());
		assertRefused(this.client.token(form), "unproven");
	}

	@Test
	void aGrantTheStoreLostIsUnknown() {
		try (TestGateway restarted = TestGateway.inFrontOf(atlassian.url())
			.clock(atlassian.clock())
			.bean(HeardTokens.class, heard)
			.property("mcp.bridge.data-dir", dataDirectory())
			.property("mcp.bridge.public-url", gateway.url().toString())
			.property("mcp.bridge.token.wrap", "reference")
			.start()) {
			assertThat(restarted.bean(BridgeStore.class)).isNotSameAs(gateway.bean(BridgeStore.class));
			heard.take();
			Map<String, String> form = Map.of("grant_type", "refresh_token", "client_id", this.client.clientId(),
					"refresh_token", this.tokens.refreshToken());
			assertRefused(this.client.browser().post(restarted.url("/access-token"), form), "unknown", "login unknown");
		}
	}

	@Test
	void aGrantTheUpstreamEndedSaysByWhichError() {
		atlassian.forgetClients();
		atlassian.clock().advance(Duration.ofMinutes(56));
		assertRefused(this.client.refresh(this.tokens.refreshToken()), "ended", "login invalid_client");
	}

	@Test
	void aClientThatIsNotKnownIsUnknown(CapturedOutput output) {
		heard.take();
		Map<String, String> form = with(redemption(this.client, "x"), "client_id", "nobody");
		assertError(this.client.token(form), 401, "invalid_client");
		assertThat(heard.take()).containsExactly("refused invalid_client unknown");
		assertThat(output).contains("token refused error=invalid_client reason=unknown").doesNotContain("nobody");
	}

	@Test
	void whatIsIssuedIsHeardOf() {
		heard.take();
		this.client.redeem(codeFor(this.client));
		this.client.refresh(this.tokens.refreshToken());
		assertThat(heard.take()).containsExactly("issued authorization_code", "issued refresh_token");
	}

	private static String dataDirectory() {
		return gateway.property("mcp.bridge.data-dir");
	}

	private static void assertRefused(HttpResponse<String> answer, String reason, String... more) {
		assertError(answer, 400, "invalid_grant");
		assertThat(heard.take()).contains("refused invalid_grant " + reason).containsAll(List.of(more));
	}

}
