package dev.mcpbridge.authorization;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;

import com.nimbusds.jose.JWEObject;
import com.nimbusds.jwt.SignedJWT;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.secret.RotatedKeys;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.StoredValue;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.mcpbridge.authorization.FrontDesk.assertError;
import static dev.mcpbridge.authorization.FrontDesk.assertErrorPage;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys come and go, and whoever is active stays logged in.
 */
class KeyRotationServerTests {

	static final Duration PATIENCE = Duration.ofSeconds(10);

	static final RotatedKeys keys = new RotatedKeys();

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static Path file;

	static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path directory) {
		file = directory.resolve("keys.json");
		keys.write(file, "A");
		gateway = TestGateway.inFrontOf(atlassian.url())
			.clock(atlassian.clock())
			.property("mcp.bridge.keys", file.toString())
			.start();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@BeforeEach
	void beginWithOneKey() {
		use("A");
		store().keys("client").flatMap(store()::take).blockLast(PATIENCE);
	}

	@Test
	void aNewFirstKeySignsAndSealsAndWhatTheOldOneDidIsStillGood() {
		TestClient client = TestClient.register(gateway.url());
		TestClient.Tokens old = client.signIn();
		assertThat(signer(old)).isEqualTo("A-signs");
		use("B", "A");
		assertThat(client.initialize(old.accessToken()).statusCode()).isEqualTo(200);
		TestClient.Tokens next = TestClient.tokens(client.refresh(old.refreshToken()));
		assertThat(signer(next)).isEqualTo("B-signs");
		assertThat(sealer(next.refreshToken())).isEqualTo("B-seals");
		assertThat(client.initialize(next.accessToken()).statusCode()).isEqualTo(200);
		assertThat(client.initialize(old.accessToken()).statusCode()).isEqualTo(200);
		assertThat(signer(client.signIn())).as("with the old client_id").isEqualTo("B-signs");
	}

	@Test
	void loginsOnTheirWayArrive() {
		TestClient atConsent = TestClient.register(gateway.url());
		HttpResponse<String> page = atConsent.authorize(atConsent.request());
		TestClient atUpstream = TestClient.register(gateway.url());
		URI upstreamPage = atUpstream.consent();
		TestClient withCode = TestClient.register(gateway.url());
		String code = FrontDesk.codeFor(withCode);
		use("B", "A");
		URI onward = Browser.location(atConsent.decide(page, "allow"));
		String first = TestClient.codeOf(atConsent.approve(onward));
		assertThat(signer(TestClient.tokens(atConsent.redeem(first)))).isEqualTo("B-signs");
		String second = TestClient.codeOf(atUpstream.approve(upstreamPage));
		assertThat(signer(TestClient.tokens(atUpstream.redeem(second)))).isEqualTo("B-signs");
		assertThat(signer(TestClient.tokens(withCode.redeem(code)))).isEqualTo("B-signs");
	}

	@Test
	void aRememberedConsentIsRemembered() {
		TestClient client = TestClient.register(gateway.url());
		client.decide(client.authorize(client.request()), "allow", "remember", "on");
		assertThat(client.authorize(client.request()).statusCode()).isEqualTo(303);
		use("B", "A");
		assertThat(client.authorize(client.request()).statusCode()).isEqualTo(303);
	}

	@Test
	void whoeverWasActiveGoesOnWithoutTheOldKey() {
		TestClient client = TestClient.register(gateway.url());
		TestClient.Tokens old = client.signIn();
		use("B", "A");
		TestClient.Tokens next = TestClient.tokens(client.refresh(old.refreshToken()));
		use("B");
		assertThat(client.initialize(next.accessToken()).statusCode()).isEqualTo(200);
		TestClient.Tokens last = TestClient.tokens(client.refresh(next.refreshToken()));
		assertThat(client.initialize(last.accessToken()).statusCode()).isEqualTo(200);
		assertThat(client.signIn().accessToken()).as("a login with the old client_id").isNotEmpty();
		use("C", "B");
		TestClient.Tokens third = TestClient.tokens(client.refresh(last.refreshToken()));
		use("C");
		assertThat(client.initialize(third.accessToken()).statusCode()).isEqualTo(200);
		assertThat(client.refresh(third.refreshToken()).statusCode()).isEqualTo(200);
	}

	@Test
	void whoeverWasNotActiveIsToldInTheUsualWay() {
		TestClient client = TestClient.register(gateway.url());
		TestClient.Tokens old = client.signIn();
		use("B", "A");
		use("B");
		assertThat(client.initialize(old.accessToken()).statusCode()).isEqualTo(401);
		assertError(client.refresh(old.refreshToken()), 401, "invalid_client");
		assertErrorPage(client.authorize(client.request()), 400, "invalid_client");
	}

	@Test
	void aClientWithoutALoginLeavesNothingBehind() {
		TestClient client = TestClient.register(gateway.url());
		use("B", "A");
		client.authorize(client.request());
		client.refresh("nonsense");
		assertThat(store().keys("client").collectList().block(PATIENCE)).isEmpty();
		client.signIn();
		assertThat(store().keys("client").collectList().block(PATIENCE)).hasSize(1);
	}

	@Test
	void usingAGrantSealsItAgainAndChangesNothingElse() {
		TestClient client = TestClient.register(gateway.url());
		TestClient.Tokens tokens = client.signIn();
		StoredValue before = stored(tokens);
		assertThat(sealer(before.value())).isEqualTo("A-seals");
		use("B", "A");
		assertThat(client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
		assertThat(sealer(stored(tokens).value())).isEqualTo("B-seals");
		assertThat(stored(tokens).generation()).isEqualTo(before.generation());
		atlassian.clock().advance(Duration.ofMinutes(56));
		assertThat(client.refresh(tokens.refreshToken()).statusCode()).isEqualTo(200);
		assertThat(stored(tokens).generation()).isEqualTo(before.generation() + 1);
	}

	private static void use(String... names) {
		keys.write(file, names);
		gateway.bean(KeyFile.class).reload();
	}

	private static BridgeStore store() {
		return gateway.bean(BridgeStore.class);
	}

	private static StoredValue stored(TestClient.Tokens tokens) {
		try {
			String grant = SignedJWT.parse(tokens.accessToken()).getJWTClaimsSet().getStringClaim("gid");
			return store().find("grant:" + grant).blockOptional(PATIENCE).orElseThrow();
		}
		catch (ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String signer(TestClient.Tokens tokens) {
		try {
			return SignedJWT.parse(tokens.accessToken()).getHeader().getKeyID();
		}
		catch (ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String sealer(String sealed) {
		try {
			return JWEObject.parse(sealed).getHeader().getKeyID();
		}
		catch (ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
