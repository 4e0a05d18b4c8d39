package dev.mcpbridge.refresh;

import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.mcpbridge.grant.GrantListener;
import dev.mcpbridge.grant.GrantListener.RevokedBy;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.simulator.ReceivedRequest;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.FailingStore;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A grant that is ended on purpose is ended here at once, and at the upstream if that can
 * be.
 */
@ExtendWith(OutputCaptureExtension.class)
class GrantRevocationServerTests {

	static final Duration SOON = Duration.ofSeconds(20);

	final FailingStore store = new FailingStore(new MemoryStore(InstantSource.system(), 1000));

	final HeardRevocations heard = new HeardRevocations();

	AtlassianSimulator atlassian = AtlassianSimulator.start();

	TestGateway gateway = start();

	@AfterEach
	void stop() {
		this.gateway.close();
		this.atlassian.close();
	}

	@Test
	void theUpstreamEndsItToo() {
		TestClient client = TestClient.register(this.gateway.url());
		TestClient.Tokens tokens = client.signIn();
		assertRevokes(tokens, true);
		assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(401);
		assertThat(this.atlassian.revocations()).isEqualTo(1);
		assertThat(sent("token_type_hint")).isEqualTo("refresh_token");
		assertThat(this.atlassian.issuedTokens()).contains(sent("token"));
	}

	@Test
	void itEndsOnce() {
		TestClient.Tokens tokens = TestClient.register(this.gateway.url()).signIn();
		assertRevokes(tokens, true);
		assertRevokes(tokens, false);
		assertThat(this.heard.by()).containsExactly(RevokedBy.OPERATOR);
		assertThat(this.atlassian.revocations()).isEqualTo(1);
	}

	@Test
	void aGrantThatIsNotThereIsNoError() {
		StepVerifier.create(revocation().revoke("nobody's", RevokedBy.OPERATOR))
			.expectNext(false)
			.expectComplete()
			.verify(SOON);
		assertThat(this.atlassian.revocations()).isZero();
	}

	@Test
	void anUpstreamThatTakesNothingBackIsNotAsked(CapturedOutput output) {
		restart(AtlassianSimulator.builder().withoutRevocation().start());
		TestClient client = TestClient.register(this.gateway.url());
		TestClient.Tokens tokens = client.signIn();
		assertRevokes(tokens, true);
		assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(401);
		assertThat(this.atlassian.revocations()).isZero();
		assertThat(output).doesNotContain("upstream tokens live on");
	}

	@Test
	void whereTheRefreshTokenIsRefusedTheAccessTokenIsTried() {
		TestClient.Tokens tokens = TestClient.register(this.gateway.url()).signIn();
		this.atlassian.faults().next(1, Endpoint.TOKEN, Fault.invalidClient());
		assertRevokes(tokens, true);
		assertThat(this.atlassian.revocations()).isEqualTo(1);
		assertThat(sent("token_type_hint")).isEqualTo("access_token");
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 503, 404 })
	void anUpstreamThatDoesNotAnswerIsAskedOnceAndDelaysNothing(int status, CapturedOutput output) {
		TestClient client = TestClient.register(this.gateway.url());
		TestClient.Tokens tokens = client.signIn();
		int before = this.atlassian.tokenRequests();
		this.atlassian.faults().always(Endpoint.TOKEN, Fault.status(status));
		assertRevokes(tokens, true);
		assertThat(this.atlassian.tokenRequests()).isEqualTo(before + 1);
		assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(401);
		assertThat(output).contains("grant ended, upstream tokens live on reason=Unavailable");
		assertThat(this.atlassian.issuedTokens()).noneMatch(output.getAll()::contains);
	}

	@Test
	void aStoreThatDoesNotAnswerIsAnErrorAndEndsNothing() {
		TestClient client = TestClient.register(this.gateway.url());
		TestClient.Tokens tokens = client.signIn();
		this.store.fail(FailingStore.Failure.SIGNALS);
		StepVerifier.create(revocation().revoke(grantOf(tokens), RevokedBy.OPERATOR)).expectError().verify(SOON);
		this.store.fail(FailingStore.Failure.NONE);
		assertThat(this.heard.by()).isEmpty();
		assertThat(this.atlassian.revocations()).isZero();
		assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void ofManyAtOnceOneEndsIt() {
		TestClient.Tokens tokens = TestClient.register(this.gateway.url()).signIn();
		String grantId = grantOf(tokens);
		List<Boolean> ended = Flux.range(0, 20)
			.flatMap((index) -> revocation().revoke(grantId, RevokedBy.OPERATOR))
			.collectList()
			.block(SOON);
		assertThat(ended).containsOnlyOnce(true);
		assertThat(this.heard.by()).containsExactly(RevokedBy.OPERATOR);
		assertThat(this.gateway.bean(Grants.class).find(grantId).block(SOON))
			.satisfies((grant) -> assertThat(grant.hasEnded()).isTrue());
		assertThat(this.atlassian.revocations()).isEqualTo(1);
	}

	@Test
	void whatIsRotatedMeanwhileIsGivenBackToo() {
		Sinks.Empty<Void> release = Sinks.empty();
		TestClient client = TestClient.register(this.gateway.url());
		TestClient.Tokens tokens = client.signIn();
		this.atlassian.faults().next(1, Endpoint.TOKEN, Fault.hold(release.asMono()));
		this.atlassian.clock().advance(Duration.ofMinutes(52));
		assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
		await().until(() -> this.atlassian.refreshes() == 1);
		assertRevokes(tokens, true);
		String first = sent("token");
		release.tryEmitEmpty();
		await().until(() -> this.atlassian.revocations() == 2);
		assertThat(sent("token")).isNotEqualTo(first).isIn(this.atlassian.issuedTokens());
	}

	private void assertRevokes(TestClient.Tokens tokens, boolean ended) {
		StepVerifier.create(revocation().revoke(grantOf(tokens), RevokedBy.OPERATOR))
			.expectNext(ended)
			.expectComplete()
			.verify(SOON);
	}

	private GrantRevocation revocation() {
		return this.gateway.bean(GrantRevocation.class);
	}

	private String sent(String parameter) {
		List<ReceivedRequest> requests = this.atlassian.requests(Endpoint.TOKEN);
		return URLUtils.parseParameters(requests.get(requests.size() - 1).body())
			.getOrDefault(parameter, List.of(""))
			.get(0);
	}

	private void restart(AtlassianSimulator other) {
		stop();
		this.atlassian = other;
		this.gateway = start();
	}

	private TestGateway start() {
		return TestGateway.inFrontOf(this.atlassian.url())
			.clock(this.atlassian.clock())
			.bean(BridgeStore.class, this.store)
			.bean(HeardRevocations.class, this.heard)
			.start();
	}

	private static String grantOf(TestClient.Tokens tokens) {
		try {
			return SignedJWT.parse(tokens.accessToken()).getJWTClaimsSet().getStringClaim("gid");
		}
		catch (ParseException ex) {
			throw new AssertionError("no bridge token", ex);
		}
	}

	/** Remembers who ended grants. */
	private record HeardRevocations(List<RevokedBy> by) implements GrantListener {

		HeardRevocations() {
			this(new CopyOnWriteArrayList<>());
		}

		@Override
		public void revoked(RevokedBy who) {
			this.by.add(who);
		}

	}

}
