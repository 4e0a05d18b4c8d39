package dev.mcpbridge.access;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mcpbridge.exchange.Caller;
import dev.mcpbridge.exchange.Renewal;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestClient.Tokens;
import dev.mcpbridge.testing.TestGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the gate tells the filters further in: whose a request is, and how its credentials
 * are renewed long after it came.
 */
class RenewalServerTests {

	static final String SECRET = "an existing bridge's shared secret of some length";

	static final Duration PATIENCE = Duration.ofSeconds(10);

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final AtomicReference<ServerWebExchange> inside = new AtomicReference<>();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.unguarded()
		.property("mcp.bridge.token.trusted-issuers[0].issuer", "https://bridge.example")
		.property("mcp.bridge.token.trusted-issuers[0].secret", SECRET)
		.bean(GlobalFilter.class, (exchange, chain) -> {
			inside.set(exchange);
			return chain.filter(exchange);
		})
		.start();

	static final TestClient client = TestClient.register(gateway.url());

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@AfterEach
	void heal() {
		atlassian.faults().clear();
		atlassian.clock().advance(Duration.ofMinutes(1));
	}

	@Test
	void aRequestIsOfItsGrantWhateverItsToken() {
		Tokens tokens = client.signIn();
		Caller before = caller(enter(tokens.accessToken()));
		Tokens refreshed = TestClient.tokens(client.refresh(tokens.refreshToken()));
		assertThat(refreshed.accessToken()).isNotEqualTo(tokens.accessToken());
		assertThat(caller(enter(refreshed.accessToken()))).isEqualTo(before);
		assertThat(gateway.bean(Grants.class).find(before.id()).block(PATIENCE)).isNotNull();
		assertThat(caller(enter(client.signIn().accessToken()))).isNotEqualTo(before);
	}

	@Test
	void aRequestThatIsSentAgainHasTheSameCaller() {
		Tokens tokens = client.signIn();
		Caller before = caller(enter(tokens.accessToken()));
		atlassian.clock().advance(Duration.ofMinutes(1));
		atlassian.expireAllAccessTokens();
		int requests = atlassian.mcpRequests();
		ServerWebExchange replayed = enter(tokens.accessToken());
		assertThat(atlassian.mcpRequests()).isEqualTo(requests + 2);
		assertThat(caller(replayed)).isEqualTo(before);
		assertThat(renewed(replayed)).contains(bearer(replayed));
	}

	@Test
	void anOldExchangeGetsTheTokenOfNow() {
		ServerWebExchange old = enter(client.signIn().accessToken());
		String first = bearer(old);
		assertThat(renewed(old)).contains(first);
		int refreshes = atlassian.refreshes();
		atlassian.clock().advance(Duration.ofHours(2));
		assertThat(renewed(old)).isPresent().get().isNotEqualTo(first);
		assertThat(atlassian.refreshes()).isEqualTo(refreshes + 1);
		assertThat(bearer(old)).as("the exchange itself").isEqualTo(first);
	}

	@Test
	void onceTheGrantHasEndedThereIsNothingToPresent() {
		Tokens tokens = client.signIn();
		ServerWebExchange old = enter(tokens.accessToken());
		client.browser()
			.post(gateway.url("/revoke"), Map.of("token", tokens.refreshToken(), "client_id", client.clientId()));
		assertThat(renewed(old)).isEmpty();
	}

	@Test
	void whetherItHasEndedCannotBeToldWhileTheUpstreamIsAway() {
		ServerWebExchange old = enter(client.signIn().accessToken());
		atlassian.clock().advance(Duration.ofHours(2));
		atlassian.faults().always(Endpoint.TOKEN, Fault.status(503));
		assertThatThrownBy(() -> renewed(old)).isInstanceOf(ResponseStatusException.class).hasMessageContaining("503");
	}

	@Test
	void aTokenOfAnExistingBridgeStaysAsItCame() throws Exception {
		ServerWebExchange exchange = enter(foreign("person", "client", "a:b:c"));
		assertThat(bearer(exchange)).isEqualTo("Bearer a:b:c");
		assertThat(renewed(exchange)).contains("Bearer a:b:c");
		Caller caller = caller(exchange);
		assertThat(caller(enter(foreign("person", "client", "d:e:f")))).isEqualTo(caller);
		assertThat(caller(enter(foreign("person", "other", "a:b:c")))).isNotEqualTo(caller);
		assertThat(caller(enter(foreign("other", "client", "a:b:c")))).isNotEqualTo(caller);
		assertThat(caller.id()).doesNotContain("person", "client");
	}

	@Test
	void withoutASubjectTheUpstreamTokenTellsCallersApart() throws Exception {
		Caller caller = caller(enter(foreign(null, "client", "a:b:c")));
		assertThat(caller(enter(foreign(null, "client", "a:b:c")))).isEqualTo(caller);
		assertThat(caller(enter(foreign(null, "client", "d:e:f")))).isNotEqualTo(caller);
		assertThat(caller.id()).doesNotContain("a:b:c");
	}

	private static ServerWebExchange enter(String token) {
		inside.set(null);
		HttpResponse<String> answer = new Browser().send(HttpRequest.newBuilder(gateway.url("/mcp"))
			.header("Authorization", "Bearer " + token)
			.header("Accept", "application/json")
			.POST(BodyPublishers.ofString(ReplayServerTests.INITIALIZE)));
		return Objects.requireNonNull(inside.get(), () -> answer.statusCode() + answer.body());
	}

	private static Caller caller(ServerWebExchange exchange) {
		return Objects.requireNonNull(Caller.of(exchange).block(PATIENCE));
	}

	private static Optional<String> renewed(ServerWebExchange exchange) {
		return Renewal.of(exchange).renew(exchange).map(RenewalServerTests::bearer).blockOptional(PATIENCE);
	}

	private static String bearer(ServerWebExchange exchange) {
		return Objects.requireNonNull(exchange.getRequest().getHeaders().getFirst("Authorization"));
	}

	private static String foreign(@Nullable String subject, String client, String carried) throws Exception {
		SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
				new JWTClaimsSet.Builder().issuer("https://bridge.example")
					.subject(subject)
					.claim("client_id", client)
					.claim("atlassian_access_token", carried)
					.expirationTime(Date.from(atlassian.clock().instant().plusSeconds(600)))
					.build());
		jwt.sign(new MACSigner(SECRET.getBytes(StandardCharsets.UTF_8)));
		return jwt.serialize();
	}

}
