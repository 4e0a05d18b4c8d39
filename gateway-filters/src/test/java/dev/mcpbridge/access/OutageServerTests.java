package dev.mcpbridge.access;

import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;

import com.nimbusds.jwt.SignedJWT;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.FailingStore;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tokens that outlive the upstream's, and something behind us that is out of order: it
 * costs nobody a login.
 */
class OutageServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final FailingStore store = new FailingStore(new MemoryStore(atlassian.clock(), 10_000));

	static final HeardAccess heard = new HeardAccess();

	static final TestGateway gateway = gateway().start();

	final TestClient client = TestClient.register(gateway.url());

	final TestClient.Tokens tokens = this.client.signIn();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@AfterEach
	void heal() {
		atlassian.faults().clear();
		store.fail(FailingStore.Failure.NONE);
	}

	@Test
	void aTokenOfEightHoursGoesOnOverTheUpstreamsEnd() {
		assertThat(this.tokens.expiresIn()).isBetween(28_790L, 28_800L);
		for (int hour = 0; hour < 7; hour++) {
			atlassian.clock().advance(Duration.ofHours(1));
			assertThat(call()).isEqualTo(200);
		}
	}

	@Test
	void aSilentTokenEndpointIs503UntilItAnswersAgain() {
		atlassian.faults().always(Endpoint.TOKEN, Fault.hang());
		assertRecovers();
	}

	@Test
	void aTokenEndpointThatFailsIs503UntilItAnswersAgain() {
		atlassian.faults().always(Endpoint.TOKEN, Fault.status(500));
		assertRecovers();
	}

	@Test
	void aTokenEndpointThatSendsPagesIs503UntilItAnswersAgain() {
		atlassian.faults().always(Endpoint.TOKEN, Fault.html(200));
		assertRecovers();
	}

	@Test
	void anAnswerLostAfterRotationIs503UntilTheNextTry() {
		atlassian.faults().next(1, Endpoint.TOKEN, Fault.loseAnswer());
		atlassian.clock().advance(Duration.ofHours(1));
		assertUnavailable("2");
		atlassian.clock().advance(Duration.ofSeconds(3));
		assertThat(call()).isEqualTo(200);
	}

	@Test
	void aTokenEndpointThatAsksToWaitIs503WithItsTime() {
		atlassian.faults().always(Endpoint.TOKEN, Fault.tooManyRequests(Duration.ofSeconds(30)));
		atlassian.clock().advance(Duration.ofHours(1));
		assertUnavailable("30");
		atlassian.faults().clear();
		atlassian.clock().advance(Duration.ofSeconds(31));
		assertThat(call()).isEqualTo(200);
	}

	@Test
	void aDeadRefreshTokenIsAChallenge() {
		atlassian.forgetClients();
		atlassian.clock().advance(Duration.ofHours(1));
		HttpResponse<String> answer = this.client.initialize(this.tokens.accessToken());
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.headers().firstValue("www-authenticate").orElse("")).startsWith("Bearer realm=\"OAuth\"");
		assertThat(this.client.refresh(this.tokens.refreshToken()).body()).contains("invalid_grant");
	}

	@ParameterizedTest
	@EnumSource(names = { "SIGNALS", "THROWS" })
	void withoutTheStoreTheTokenInsideServesWhileItIsGood(FailingStore.Failure failure) {
		store.fail(failure);
		heard.words().clear();
		assertThat(call()).isEqualTo(200);
		atlassian.clock().advance(Duration.ofHours(1));
		assertUnavailable("2");
		assertThat(heard.words()).containsExactly("carried UNANSWERED", "unavailable STORE");
		store.fail(FailingStore.Failure.NONE);
		assertThat(call()).isEqualTo(200);
	}

	@Test
	void whatTheStoreHasLostItGetsBackFromWhoeverSawIt() throws ParseException {
		loseGrant();
		heard.words().clear();
		assertThat(call()).isEqualTo(200);
		atlassian.clock().advance(Duration.ofHours(1));
		assertThat(call()).isEqualTo(200);
		assertThat(heard.words()).isEmpty();
	}

	@Test
	void whenNobodySawTheGrantTheTokenInsideServesWhileItIsGood() throws ParseException {
		loseGrant();
		try (TestGateway other = gateway().property("mcp.bridge.public-url", gateway.url().toString())
			.property("mcp.bridge.data-dir", gateway.property("mcp.bridge.data-dir"))
			.start()) {
			TestClient same = this.client.at(other.url());
			heard.words().clear();
			assertThat(same.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(200);
			atlassian.faults().next(1, Endpoint.MCP, Fault.status(401));
			assertThat(same.initialize(this.tokens.accessToken()).statusCode()).as("there is nothing to renew")
				.isEqualTo(401);
			atlassian.clock().advance(Duration.ofHours(1));
			assertThat(same.initialize(this.tokens.accessToken()).statusCode()).isEqualTo(401);
			assertThat(heard.words()).containsExactly("carried LOST", "carried LOST", "challenged UPSTREAM",
					"challenged INVALID");
		}
	}

	private void loseGrant() throws ParseException {
		String grantId = SignedJWT.parse(this.tokens.accessToken()).getJWTClaimsSet().getStringClaim("gid");
		assertThat(store.take("grant:" + grantId).block(Duration.ofSeconds(5))).isNotNull();
	}

	private static TestGateway.Builder gateway() {
		return TestGateway.of(Application.class)
			.clock(atlassian.clock())
			.property("mcp.bridge.upstream.url", atlassian.url().toString())
			.property("mcp.bridge.authorization-server.enabled", "true")
			.property("mcp.bridge.token.lifetime", "PT8H")
			.property("mcp.bridge.upstream.answer-timeout", "500ms")
			.unguarded()
			.route("mcp", atlassian.url(), "/mcp", "McpBridge", "SetPath=/v1/mcp");
	}

	private void assertRecovers() {
		atlassian.clock().advance(Duration.ofSeconds(3200));
		assertThat(call()).as("while the token is good").isEqualTo(200);
		atlassian.clock().advance(Duration.ofSeconds(200));
		assertUnavailable("2");
		atlassian.faults().clear();
		atlassian.clock().advance(Duration.ofSeconds(3));
		assertThat(call()).as("when it answers again").isEqualTo(200);
	}

	private int call() {
		return this.client.initialize(this.tokens.accessToken()).statusCode();
	}

	private void assertUnavailable(String retryAfter) {
		HttpResponse<String> answer = this.client.initialize(this.tokens.accessToken());
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().allValues("retry-after")).containsExactly(retryAfter);
		assertThat(answer.headers().map()).doesNotContainKey("www-authenticate");
		assertThat(answer.body()).contains("temporarily_unavailable");
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

		@Bean
		BridgeStore failingStore() {
			return store;
		}

		@Bean
		AccessListener heardAccess() {
			return heard;
		}

	}

}
