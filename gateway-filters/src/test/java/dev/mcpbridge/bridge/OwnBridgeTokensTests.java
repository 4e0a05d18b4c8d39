package dev.mcpbridge.bridge;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.TestGrants;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.secret.RandomTexts;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.simulator.SettableClock;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The token we hand out, what it says, and what is refused as it.
 */
class OwnBridgeTokensTests {

	static final RSAKey rsa = Keys.rsa("rsa");

	static final KeyRing ring = Keys.ring(rsa, Keys.symmetric("oct"));

	static final String ISSUER = "http://localhost:8080";

	static final Duration PATIENCE = Duration.ofSeconds(10);

	static final Duration LIFETIME = Duration.ofSeconds(3300);

	final SettableClock clock = SettableClock.standingAt(Instant.parse("2026-08-22T12:00:00Z"));

	final Instant start = this.clock.instant();

	final AtomicReference<KeyRing> keys = new AtomicReference<>(ring);

	final BridgeTokens tokens = new OwnBridgeTokens(this.keys::get, ISSUER, Set.of(ISSUER, TestGrants.RESOURCE),
			this.clock);

	final Grant grant = TestGrants.grant("grant", tokens());

	@Test
	void saysWhatRfc9068AsksFor() throws Exception {
		SignedJWT jwt = SignedJWT.parse(mint());
		assertThat(jwt.getHeader().getType()).isEqualTo(new JOSEObjectType("at+jwt"));
		assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
		assertThat(jwt.getHeader().getKeyID()).isEqualTo("rsa");
		JWTClaimsSet claims = jwt.getJWTClaimsSet();
		assertThat(claims.getIssuer()).isEqualTo(ISSUER);
		assertThat(claims.getAudience()).containsExactly(TestGrants.RESOURCE);
		assertThat(claims.getSubject()).isEqualTo("subject");
		assertThat(claims.getIssueTime()).isEqualTo(Date.from(this.start));
		assertThat(claims.getExpirationTime()).isEqualTo(Date.from(this.start.plusSeconds(3240)));
		assertThat(claims.getStringClaim("client_id")).isEqualTo("client");
		assertThat(claims.getStringClaim("scope")).isEqualTo("read write");
		assertThat(claims.getStringClaim("gid")).isEqualTo("grant");
		assertThat(claims.getJWTID()).hasSize(22).isNotEqualTo(SignedJWT.parse(mint()).getJWTClaimsSet().getJWTID());
		assertThat(claims.getClaims()).containsOnlyKeys("iss", "aud", "sub", "iat", "exp", "jti", "client_id", "scope",
				"gid", "atlassian_access_token");
	}

	@Test
	void opensToWhatWasPutIn() {
		assertThat(open(mint())).isEqualTo(new BridgeToken("subject", "client", "grant", "grant", "read write",
				List.of(), this.start.plusSeconds(3240), Secret.of("upstream-access"), this.start.plusSeconds(3300)));
	}

	@Test
	void theUpstreamTokenInsideOpensForNobodyElse() throws Exception {
		String claim = SignedJWT.parse(mint()).getJWTClaimsSet().getStringClaim("atlassian_access_token");
		assertThat(claim).isNotNull().doesNotContain("upstream-access");
		JWEObject jwe = JWEObject.parse(claim);
		assertThatExceptionOfType(JOSEException.class).isThrownBy(() -> jwe.decrypt(new DirectDecrypter(new byte[32])));
	}

	@Test
	void aReferenceCarriesNothing() throws Exception {
		String jwt = mint(new TokenRules(ISSUER, null, TokenRules.Wrap.REFERENCE), tokens());
		assertThat(SignedJWT.parse(jwt).getJWTClaimsSet().getClaims()).doesNotContainKey("atlassian_access_token");
		BridgeToken opened = Objects.requireNonNull(open(jwt));
		assertThat(opened.grantId()).isEqualTo("grant");
		assertThat(opened.carried()).isNull();
	}

	@Test
	void endsAMinuteBeforeTheUpstreamsOrHalfwayToItsNearEnd() {
		assertThat(expiry(null, Duration.ofMinutes(55))).isEqualTo(this.start.plus(Duration.ofMinutes(54)));
		assertThat(expiry(null, Duration.ofMinutes(2))).isEqualTo(this.start.plus(Duration.ofMinutes(1)));
		assertThat(expiry(null, Duration.ofMinutes(1))).isEqualTo(this.start.plus(Duration.ofSeconds(30)));
		assertThat(expiry(null, Duration.ZERO)).isEqualTo(this.start);
		assertThat(expiry(null, Duration.ofMinutes(-5))).isBefore(this.start);
	}

	@Test
	void orAfterAFixedLifetime() {
		Duration day = Duration.ofHours(8);
		assertThat(expiry(day, Duration.ofMinutes(55))).isEqualTo(this.start.plus(day));
		String jwt = mint(new TokenRules(ISSUER, day, TokenRules.Wrap.SEALED), tokens());
		this.clock.advance(day.minusSeconds(1));
		assertThat(Objects.requireNonNull(open(jwt)).carriedUntil()).isEqualTo(this.start.plus(LIFETIME));
		this.clock.advance(Duration.ofSeconds(2));
		assertThat(open(jwt)).isNull();
	}

	@Test
	void aLifetimeIsAtLeastASecond() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new TokenRules(ISSUER, Duration.ofMillis(999), TokenRules.Wrap.SEALED))
			.withMessage("mcp.bridge.token.lifetime: PT0.999S (expected: at least 1s, or empty)");
	}

	@Test
	void isOverAtItsEnd() {
		String jwt = mint();
		this.clock.advance(Duration.ofSeconds(3239));
		assertThat(open(jwt)).isNotNull();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(open(jwt)).isNull();
	}

	@Test
	void afterAKeyIsAddedItSignsAndOldTokensStillOpen() throws Exception {
		String old = mint();
		this.keys.set(Keys.ring(Keys.ec("new", Curve.P_256), Keys.symmetric("newer"), rsa));
		assertThat(open(old)).isNotNull();
		String young = mint();
		assertThat(SignedJWT.parse(young).getHeader().getKeyID()).isEqualTo("new");
		assertThat(SignedJWT.parse(young).getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
		assertThat(Objects.requireNonNull(open(young)).carried()).isEqualTo(Secret.of("upstream-access"));
		this.keys.set(Keys.ring(Keys.ec("new", Curve.P_256)));
		assertThat(open(old)).isNull();
	}

	@Test
	void everyKindOfKeySignsWhatItVerifies() {
		List<JWK> kinds = List.of(Keys.ec("k", Curve.P_256), Keys.ec("k", Curve.P_384), Keys.ec("k", Curve.P_521),
				new RSAKey.Builder(rsa).algorithm(JWSAlgorithm.PS256).build(),
				new RSAKey.Builder(rsa).algorithm(JWSAlgorithm.RS512).build());
		for (JWK kind : kinds) {
			this.keys.set(Keys.ring(kind));
			assertThat(open(mint())).as(kind.toPublicJWK().toJSONString()).isNotNull();
		}
	}

	@Test
	void refusesOtherIssuersAudiencesTypesAndSubjects() throws Exception {
		assertThat(open(signed(rsa, "at+jwt", claims().build()))).as("as it should be").isNotNull();
		assertThat(open(signed(rsa, "at+jwt", claims().issuer("http://localhost:8081").build()))).isNull();
		assertThat(open(signed(rsa, "at+jwt", claims().issuer(null).build()))).isNull();
		assertThat(open(signed(rsa, "at+jwt", claims().audience("https://mcp.atlassian.com/v1/mcp").build()))).isNull();
		assertThat(open(signed(rsa, "at+jwt", claims().audience((String) null).build()))).isNull();
		assertThat(open(signed(rsa, "JWT", claims().build()))).isNull();
		assertThat(open(signed(rsa, null, claims().build()))).isNull();
		assertThat(open(signed(rsa, "at+jwt", claims().subject(null).build()))).isNull();
		assertThat(open(signed(rsa, "at+jwt", claims().claim("gid", null).build()))).isNull();
		assertThat(open(signed(rsa, "at+jwt", claims().expirationTime(null).build()))).isNull();
		assertThat(open(signed(rsa, "at+jwt", claims().claim("gid", List.of("a")).build()))).isNull();
		assertThat(open(signed(rsa, "at+jwt", claims().notBeforeTime(Date.from(this.start.plusSeconds(9))).build())))
			.isNull();
	}

	@Test
	void refusesOtherKeysEvenUnderOurKeyId() throws Exception {
		assertThat(open(signed(Keys.rsa("rsa"), "at+jwt", claims().build()))).isNull();
		assertThat(open(signed(Keys.rsa("other"), "at+jwt", claims().build()))).isNull();
	}

	@Test
	void refusesATokenWithoutASignature() {
		assertThat(open(new PlainJWT(claims().build()).serialize())).isNull();
		String unsigned = mint().replaceFirst("[^.]+$", "");
		assertThat(open(unsigned)).isNull();
	}

	@Test
	void refusesOurPublicKeyUsedAsASecret() throws Exception {
		for (byte[] secret : List.of(rsa.toRSAPublicKey().getEncoded(),
				rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
			SignedJWT jwt = new SignedJWT(
					new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType("at+jwt")).keyID("rsa").build(),
					claims().build());
			jwt.sign(new MACSigner(secret));
			assertThat(open(jwt.serialize())).isNull();
		}
	}

	@Test
	void refusesAKeyTheTokenBringsAlong() throws Exception {
		RSAKey own = Keys.rsa("rsa");
		SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).type(new JOSEObjectType("at+jwt"))
			.jwk(own.toPublicJWK())
			.build(), claims().build());
		jwt.sign(new RSASSASigner(own));
		assertThat(open(jwt.serialize())).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", "...", "....", "e30.e30.e30", "eyJhbGciOiJSUzI1NiJ9..",
			"eyJhbGciOiJkaXIifQ....", "bnVsbA.bnVsbA.bnVsbA", "eyJhbGciOm51bGx9.e30.x", "opaque", "a:b:c" })
	void refusesWhatIsNoToken(String text) {
		assertThat(open(text)).isNull();
	}

	@Test
	void printsNoToken() {
		assertThat(String.valueOf(open(mint()))).doesNotContain("upstream-access");
		assertThat(new MintedToken(Secret.of(mint()), this.start).toString()).doesNotContain("eyJ");
		assertThat(new CarriedToken(Secret.of("upstream-access"), 1).toString()).doesNotContain("upstream-access");
	}

	private JWTClaimsSet.Builder claims() {
		return new JWTClaimsSet.Builder().issuer(ISSUER)
			.audience(TestGrants.RESOURCE)
			.subject("subject")
			.claim("gid", "grant")
			.expirationTime(Date.from(this.start.plusSeconds(60)));
	}

	private static String signed(RSAKey key, @Nullable String type, JWTClaimsSet claims) throws Exception {
		JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID());
		SignedJWT jwt = new SignedJWT(((type != null) ? header.type(new JOSEObjectType(type)) : header).build(),
				claims);
		JWSSigner signer = new RSASSASigner(key);
		jwt.sign(signer);
		return jwt.serialize();
	}

	private @Nullable BridgeToken open(String jwt) {
		return this.tokens.open(jwt).block(PATIENCE);
	}

	private String mint() {
		return mint(new TokenRules(ISSUER, null, TokenRules.Wrap.SEALED), tokens());
	}

	private String mint(TokenRules rules, UpstreamTokens upstream) {
		return issuer(rules).mint(this.grant, upstream).jwt().reveal();
	}

	private Instant expiry(@Nullable Duration lifetime, Duration left) {
		UpstreamTokens upstream = TestGrants.tokens("a", "r", this.start, left);
		return issuer(new TokenRules(ISSUER, lifetime, TokenRules.Wrap.SEALED)).mint(this.grant, upstream).expiresAt();
	}

	private BridgeTokenIssuer issuer(TokenRules rules) {
		return new BridgeTokenIssuer(this.keys::get, rules, new RandomTexts(new SecureRandom()), this.clock);
	}

	private UpstreamTokens tokens() {
		return TestGrants.tokens("upstream-access", "upstream-refresh", this.clock.instant(), LIFETIME);
	}

}
