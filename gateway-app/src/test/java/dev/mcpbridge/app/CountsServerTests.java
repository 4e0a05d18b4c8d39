package dev.mcpbridge.app;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.nimbusds.jwt.SignedJWT;
import dev.mcpbridge.access.AccessListener;
import dev.mcpbridge.authorization.TokenEndpointListener;
import dev.mcpbridge.grant.GrantListener;
import dev.mcpbridge.refresh.RefreshListener;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.store.FailingStore;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient.Tokens;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prometheus sees what a gateway decides, each thing once, also where somebody else
 * listens too.
 */
class CountsServerTests {

	static final LeakDetector detector = new LeakDetector();

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final FailingStore store = new FailingStore(new MemoryStore(atlassian.clock(), 10_000));

	/** Nothing is refreshed that no test asks for. */
	static final TestGateway gateway = TestGateway.of(GatewayApplication.class)
		.property("mcp.bridge.upstream.url", atlassian.url().toString())
		.property("mcp.bridge.token.lifetime", "PT8H")
		.property("mcp.bridge.refresh.background-rate", "0")
		.property("management.server.port", "0")
		.clock(atlassian.clock())
		.unguarded()
		.bean(FailingStore.class, store)
		.bean(AccessListener.class, AccessListener.NONE)
		.bean(GrantListener.class, GrantListener.NONE)
		.bean(RefreshListener.class, RefreshListener.NONE)
		.bean(TokenEndpointListener.class, TokenEndpointListener.NONE)
		.start();

	final OverheardClient client = new OverheardClient(gateway.url(), detector);

	final Tokens tokens = this.client.signIn();

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@AfterEach
	void heal() {
		atlassian.faults().clear();
		atlassian.refuseFreshTokens(0);
		store.fail(FailingStore.Failure.NONE);
	}

	@Test
	void aRequestWithoutATokenIsChallenged() {
		Scrape before = Scrape.of(gateway);
		assertThat(this.client.get("/mcp").statusCode()).isEqualTo(401);
		assertCountedSince(before, "mcp_bridge_challenges_total{reason=\"missing\"}");
	}

	@Test
	void aRequestWithABadTokenIsChallenged() {
		Scrape before = Scrape.of(gateway);
		assertThat(this.client.call(this.tokens.accessToken() + "x").statusCode()).isEqualTo(401);
		assertCountedSince(before, "mcp_bridge_challenges_total{reason=\"invalid\"}");
	}

	@Test
	void aTokenTheUpstreamRefusesIsTriedAgainThenRenewed() {
		atlassian.expireAllAccessTokens();
		Scrape before = Scrape.of(gateway);
		assertThat(call()).isEqualTo(200);
		assertCountedSince(before, "mcp_bridge_replays_total{accepted=\"false\",kind=\"just_minted\"}",
				"mcp_bridge_replays_total{accepted=\"true\",kind=\"refreshed\"}",
				"mcp_bridge_refresh_forced_total{outcome=\"rotated\"}",
				"mcp_bridge_refresh_seconds_count{outcome=\"rotated\",trigger=\"forced\"}");
	}

	@Test
	void aTokenTheUpstreamDoesNotKnowYetIsTriedAgain() {
		atlassian.refuseFreshTokens(1);
		String fresh = this.client.signIn().accessToken();
		Scrape before = Scrape.of(gateway);
		assertThat(this.client.call(fresh).statusCode()).isEqualTo(200);
		assertCountedSince(before, "mcp_bridge_replays_total{accepted=\"true\",kind=\"just_minted\"}");
	}

	@Test
	void aBodyThatIsTooLargeIsNotSentAgain() {
		atlassian.expireAllAccessTokens();
		Scrape before = Scrape.of(gateway);
		String large = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"" + " ".repeat(300 * 1024) + "}";
		assertThat(this.client.client().call("/mcp", this.tokens.accessToken(), large).statusCode()).isEqualTo(401);
		assertCountedSince(before, "mcp_bridge_replays_impossible_total",
				"mcp_bridge_refresh_forced_total{outcome=\"rotated\"}",
				"mcp_bridge_refresh_seconds_count{outcome=\"rotated\",trigger=\"forced\"}",
				"mcp_bridge_challenges_total{reason=\"upstream\"}");
	}

	@Test
	void aTokenEndpointThatIsAwayMakesARequestWaitAndNobodyLogIn() {
		atlassian.clock().advance(Duration.ofSeconds(31));
		atlassian.expireAllAccessTokens();
		atlassian.faults().always(Endpoint.TOKEN, Fault.tooManyRequests(Duration.ofSeconds(30)));
		Scrape before = Scrape.of(gateway);
		assertThat(call()).isEqualTo(503);
		assertCountedSince(before, "mcp_bridge_unavailable_total{reason=\"refresh\"}",
				"mcp_bridge_refresh_forced_total{outcome=\"unreachable\"}",
				"mcp_bridge_refresh_seconds_count{outcome=\"unreachable\",trigger=\"forced\"}");
	}

	@Test
	void withoutTheStoreWhatIsCarriedServesUntilItIsOver() {
		store.fail(FailingStore.Failure.SIGNALS);
		Scrape before = Scrape.of(gateway);
		assertThat(call()).isEqualTo(200);
		assertCountedSince(before, "mcp_bridge_carried_total{reason=\"unanswered\"}");
		atlassian.clock().advance(Duration.ofHours(1));
		Scrape later = Scrape.of(gateway);
		assertThat(call()).isEqualTo(503);
		assertCountedSince(later, "mcp_bridge_unavailable_total{reason=\"store\"}");
	}

	@Test
	void whatTheStoreHasLostIsBroughtBack() throws ParseException {
		assertThat(call()).isEqualTo(200);
		String grant = SignedJWT.parse(this.tokens.accessToken()).getJWTClaimsSet().getStringClaim("gid");
		assertThat(store.take("grant:" + grant).block(Duration.ofSeconds(10))).isNotNull();
		atlassian.clock().advance(Duration.ofSeconds(1));
		Scrape before = Scrape.of(gateway);
		assertThat(call()).isEqualTo(200);
		assertCountedSince(before, "mcp_bridge_grants_brought_back_total");
	}

	@Test
	void tokensAreCountedByWhatTheyAreForAndWhenTheyAreGivenAgain() {
		Scrape before = Scrape.of(gateway);
		this.client.signIn();
		assertCountedSince(before, "mcp_bridge_tokens_issued_total{grant_type=\"authorization_code\"}");
		Scrape signedIn = Scrape.of(gateway);
		assertThat(this.client.refresh(this.tokens).statusCode()).isEqualTo(200);
		assertCountedSince(signedIn, "mcp_bridge_tokens_issued_total{grant_type=\"refresh_token\"}");
		Scrape refreshed = Scrape.of(gateway);
		assertThat(this.client.refresh(this.tokens).statusCode()).isEqualTo(200);
		assertCountedSince(refreshed, "mcp_bridge_tokens_issued_total{grant_type=\"refresh_token\"}",
				"mcp_bridge_tokens_grace_total");
	}

	@Test
	void aReplayAfterTheGraceCostsOneLoginHoweverOftenItIsTold() {
		assertThat(this.client.refresh(this.tokens).statusCode()).isEqualTo(200);
		atlassian.clock().advance(Duration.ofHours(2).plusSeconds(1));
		Scrape before = Scrape.of(gateway);
		assertThat(this.client.refresh(this.tokens).statusCode()).isEqualTo(400);
		assertCountedSince(before, "mcp_bridge_families_revoked_total",
				"mcp_bridge_grants_revoked_total{by=\"token_replay\"}",
				"mcp_bridge_login_required_total{reason=\"replayed\"}",
				"mcp_bridge_tokens_refused_total{error=\"invalid_grant\",reason=\"replayed\"}",
				"mcp_bridge_login_told_total{reason=\"replayed\"}");
		Scrape ended = Scrape.of(gateway);
		assertThat(this.client.refresh(this.tokens).statusCode()).isEqualTo(400);
		assertCountedSince(ended, "mcp_bridge_tokens_refused_total{error=\"invalid_grant\",reason=\"ended\"}",
				"mcp_bridge_login_told_total{reason=\"ended\"}");
	}

	@Test
	void aGrantItsClientEndsCostsOneLogin() {
		Scrape before = Scrape.of(gateway);
		assertThat(revoke()).isEqualTo(200);
		assertCountedSince(before, "mcp_bridge_grants_revoked_total{by=\"client\"}",
				"mcp_bridge_login_required_total{reason=\"revoked\"}");
		Scrape ended = Scrape.of(gateway);
		assertThat(revoke()).isEqualTo(200);
		assertThat(call()).isEqualTo(401);
		assertCountedSince(ended, "mcp_bridge_challenges_total{reason=\"revoked\"}");
	}

	@Test
	void aGrantAnOperatorEndsCostsOneLogin() {
		Scrape before = Scrape.of(gateway);
		String port = gateway.bean(Environment.class).getRequiredProperty("local.management.port");
		URI url = URI.create(
				"http://localhost:%s/actuator/mcpbridge?client=%s".formatted(port, this.client.client().clientId()));
		HttpResponse<String> answer = new Browser().send(HttpRequest.newBuilder(url).DELETE());
		assertThat(answer.body()).isEqualTo("{\"ended\":1}");
		assertCountedSince(before, "mcp_bridge_grants_revoked_total{by=\"operator\"}",
				"mcp_bridge_login_required_total{reason=\"revoked\"}");
	}

	@Test
	void aCodeThatIsReplayedCostsOneLogin() {
		String code = this.client.code(this.client.callback("allow"));
		assertThat(this.client.redeem(code).statusCode()).isEqualTo(200);
		Scrape before = Scrape.of(gateway);
		assertThat(this.client.redeem(code).statusCode()).isEqualTo(400);
		assertCountedSince(before, "mcp_bridge_grants_revoked_total{by=\"code_replay\"}",
				"mcp_bridge_login_required_total{reason=\"replayed\"}",
				"mcp_bridge_tokens_refused_total{error=\"invalid_grant\",reason=\"replayed\"}");
	}

	@Test
	void aGrantTheUpstreamEndsCostsOneLogin() {
		atlassian.clock().advance(Duration.ofMinutes(56));
		atlassian.faults().next(1, Endpoint.TOKEN, Fault.invalidClient());
		Scrape before = Scrape.of(gateway);
		assertThat(this.client.refresh(this.tokens).statusCode()).isEqualTo(400);
		assertCountedSince(before, "mcp_bridge_refresh_seconds_count{outcome=\"revoked\",trigger=\"client\"}",
				"mcp_bridge_login_required_total{reason=\"invalid_client\"}",
				"mcp_bridge_tokens_refused_total{error=\"invalid_grant\",reason=\"ended\"}",
				"mcp_bridge_login_told_total{reason=\"invalid_client\"}");
	}

	@Test
	void aClientThatIsNotKnownIsRefused() {
		Scrape before = Scrape.of(gateway);
		Map<String, String> form = Map.of("grant_type", "refresh_token", "client_id", "nobody", "refresh_token",
				this.tokens.refreshToken());
		assertThat(this.client.token(form).statusCode()).isEqualTo(401);
		assertCountedSince(before, "mcp_bridge_tokens_refused_total{error=\"invalid_client\",reason=\"unknown\"}");
	}

	private int call() {
		return this.client.call(this.tokens.accessToken()).statusCode();
	}

	private int revoke() {
		Map<String, String> form = Map.of("client_id", this.client.client().clientId(), "token",
				this.tokens.refreshToken());
		return this.client.client().browser().post(gateway.url("/revoke"), form).statusCode();
	}

	/** Each of these has grown by one, and no other count of ours. */
	private static void assertCountedSince(Scrape before, String... series) {
		assertThat(Scrape.of(gateway).grownSince(before))
			.isEqualTo(Stream.of(series).collect(Collectors.toMap(Function.identity(), (one) -> 1.0)));
	}

}
