package dev.mcpbridge.bridge;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.mcpbridge.secret.Fingerprint;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.simulator.SettableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tokens of an existing bridge, with a real key server where it has one.
 */
class TrustedBridgeTokensServerTests {

	static final String ISSUER = "https://bridge.example";

	static final String AUDIENCE = "https://mcp.example";

	static final String CLAIM = "atlassian_access_token";

	static final Secret SECRET = Secret.of("an existing bridge's shared secret of some length");

	static final RSAKey key = Keys.rsa("theirs");

	static final Duration PATIENCE = Duration.ofSeconds(10);

	final SettableClock clock = SettableClock.standingAt(Instant.parse("2026-08-22T12:00:00Z"));

	final AtomicInteger fetches = new AtomicInteger();

	final DisposableServer keyServer = HttpServer.create().host("localhost").port(0).handle((request, response) -> {
		this.fetches.incrementAndGet();
		return response.header("content-type", "application/json")
			.sendString(Mono.just(new JWKSet(key.toPublicJWK()).toString()));
	}).bindNow();

	final BridgeTokens byKeys = new TrustedBridgeTokens(new TrustedIssuer(ISSUER,
			URI.create("http://localhost:" + this.keyServer.port() + "/jwks"), null, AUDIENCE, CLAIM), this.clock);

	final BridgeTokens bySecret = new TrustedBridgeTokens(new TrustedIssuer(ISSUER, null, SECRET, null, CLAIM),
			this.clock);

	@AfterEach
	void stop() {
		this.keyServer.disposeNow();
	}

	@Test
	void aTokenSignedWithTheirSecretOpensToItsPlainClaim() throws Exception {
		Instant end = this.clock.instant().plusSeconds(600);
		assertThat(open(this.bySecret, mac(SECRET, claims().build())))
			.isEqualTo(new BridgeToken("person", "client", null, Fingerprint.of(ISSUER, "person", "client"), "read",
					List.of(), end, Secret.of("upstream:grant:secret"), end));
	}

	@Test
	void aTokenSignedWithTheirKeyOpensAndTheKeyIsFetchedOnce() throws Exception {
		for (int i = 0; i < 5; i++) {
			BridgeToken opened = Objects.requireNonNull(open(this.byKeys, rsa(key, claims().build())));
			assertThat(opened.carried()).isEqualTo(Secret.of("upstream:grant:secret"));
			assertThat(opened.grantId()).isNull();
		}
		assertThat(this.fetches).hasValue(1);
	}

	@Test
	void aTokenOfSomebodyElseFetchesNoKey() throws Exception {
		assertThat(open(this.byKeys, rsa(key, claims().issuer("https://other.example").build()))).isNull();
		assertThat(open(this.byKeys, "garbage")).isNull();
		assertThat(this.fetches).hasValue(0);
	}

	@Test
	void anotherAudienceIsRefused() throws Exception {
		assertThat(open(this.byKeys, rsa(key, claims().audience("https://other.example").build()))).isNull();
		assertThat(open(this.byKeys, rsa(key, claims().audience((String) null).build()))).isNull();
		assertThat(open(this.bySecret, mac(SECRET, claims().audience("https://other.example").build()))).isNotNull();
	}

	@Test
	void anotherKeyOrSecretIsRefused() throws Exception {
		assertThat(open(this.byKeys, rsa(Keys.rsa("theirs"), claims().build()))).isNull();
		assertThat(open(this.bySecret, mac(Secret.of("x".repeat(32)), claims().build()))).isNull();
		assertThat(open(this.byKeys, new PlainJWT(claims().build()).serialize())).isNull();
		assertThat(open(this.bySecret, new PlainJWT(claims().build()).serialize())).isNull();
		assertThat(open(this.byKeys, mac(SECRET, claims().build()))).isNull();
		assertThat(open(this.bySecret, rsa(key, claims().build()))).isNull();
		Secret published = Secret.of(new String(key.toRSAPublicKey().getEncoded(), StandardCharsets.ISO_8859_1));
		assertThat(open(this.byKeys, mac(published, claims().build()))).isNull();
	}

	@Test
	void isOverAfterThirtySecondsForClocksThatDiffer() throws Exception {
		String jwt = mac(SECRET, claims().build());
		this.clock.advance(Duration.ofSeconds(629));
		assertThat(open(this.bySecret, jwt)).isNotNull();
		this.clock.advance(Duration.ofSeconds(2));
		assertThat(open(this.bySecret, jwt)).isNull();
		assertThat(open(this.bySecret, mac(SECRET, claims().expirationTime(null).build()))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "two words", "line\r\nbreak", "ü" })
	void aClaimThatIsNoBearerTokenIsRefused(String carried) throws Exception {
		assertThat(open(this.bySecret, mac(SECRET, claims().claim(CLAIM, carried).build()))).isNull();
	}

	@Test
	void aClaimThatIsMissingOrNoTextIsRefused() throws Exception {
		assertThat(open(this.bySecret, mac(SECRET, claims().claim(CLAIM, null).build()))).isNull();
		assertThat(open(this.bySecret, mac(SECRET, claims().claim(CLAIM, List.of("a")).build()))).isNull();
	}

	@Test
	void aKeyNobodyPublishesIsRefusedHoweverOftenItIsTried() throws Exception {
		for (int i = 0; i < 5; i++) {
			assertThat(open(this.byKeys, rsa(key, "unheard-of", claims().build()))).isNull();
		}
		assertThat(open(this.byKeys, rsa(key, claims().build()))).isNotNull();
	}

	@Test
	void aKeyServerThatIsDownIsAnErrorAndNoRefusal() throws Exception {
		this.keyServer.disposeNow();
		String jwt = rsa(key, claims().build());
		for (int i = 0; i < 5; i++) {
			StepVerifier.create(this.byKeys.open(jwt)).expectError().verify(PATIENCE);
		}
	}

	@Test
	void onceFetchedTheKeysOutliveTheKeyServer() throws Exception {
		String jwt = rsa(key, claims().build());
		assertThat(open(this.byKeys, jwt)).isNotNull();
		this.keyServer.disposeNow();
		assertThat(open(this.byKeys, jwt)).isNotNull();
	}

	@Test
	void oneOfSeveralIssuersIsEnough() throws Exception {
		BridgeTokens other = new TrustedBridgeTokens(
				new TrustedIssuer("https://other.example", null, Secret.of("y".repeat(32)), null, CLAIM), this.clock);
		BridgeTokens all = BridgeTokens.anyOf(List.of(other, this.bySecret));
		assertThat(open(all, mac(SECRET, claims().build()))).isNotNull();
		assertThat(open(all, mac(SECRET, claims().issuer("https://third.example").build()))).isNull();
		assertThat(open(BridgeTokens.anyOf(List.of()), mac(SECRET, claims().build()))).isNull();
	}

	@Test
	void anIssuerHasEitherKeysOrASecretOfSomeLength() {
		URI keys = URI.create("https://bridge.example/jwks");
		assertThatIllegalArgumentException().isThrownBy(() -> new TrustedIssuer(ISSUER, null, null, null, CLAIM))
			.withMessageContaining("neither (expected: exactly one of them)");
		assertThatIllegalArgumentException().isThrownBy(() -> new TrustedIssuer(ISSUER, keys, SECRET, null, CLAIM))
			.withMessageContaining("both (expected: exactly one of them)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new TrustedIssuer(ISSUER, null, Secret.of("short"), null, CLAIM))
			.withMessageContaining("at least 32 characters")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("short)"));
		assertThatIllegalArgumentException().isThrownBy(() -> new TrustedIssuer(" ", keys, null, null, CLAIM));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new TrustedBridgeTokens(new TrustedIssuer(ISSUER, URI.create("jwks"), null, null, CLAIM),
					this.clock))
			.withMessageContaining("jwk-set-uri: jwks (expected: an absolute URL)");
	}

	private JWTClaimsSet.Builder claims() {
		return new JWTClaimsSet.Builder().issuer(ISSUER)
			.audience(AUDIENCE)
			.subject("person")
			.claim("client_id", "client")
			.claim("scope", "read")
			.claim(CLAIM, "upstream:grant:secret")
			.expirationTime(Date.from(this.clock.instant().plusSeconds(600)));
	}

	private static String mac(Secret secret, JWTClaimsSet claims) throws Exception {
		SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
		jwt.sign(new MACSigner(secret.reveal().getBytes(StandardCharsets.UTF_8)));
		return jwt.serialize();
	}

	private static String rsa(RSAKey key, JWTClaimsSet claims) throws Exception {
		return rsa(key, "theirs", claims);
	}

	private static String rsa(RSAKey key, String keyId, JWTClaimsSet claims) throws Exception {
		SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(), claims);
		jwt.sign(new RSASSASigner(key));
		return jwt.serialize();
	}

	private static @Nullable BridgeToken open(BridgeTokens tokens, String jwt) {
		return tokens.open(jwt).block(PATIENCE);
	}

}
