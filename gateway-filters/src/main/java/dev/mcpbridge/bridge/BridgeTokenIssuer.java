package dev.mcpbridge.bridge;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.function.Supplier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.RandomTexts;
import dev.mcpbridge.secret.SealedBox;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.UpstreamTokens;

/**
 * Makes bridge tokens: JWTs any resource server can verify, around an upstream token only
 * we can read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-2">RFC 9068, section 2</a>
 */
public final class BridgeTokenIssuer {

	static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

	static final String GRANT_ID = "gid";

	private final Supplier<KeyRing> keys;

	private final TokenRules rules;

	private final RandomTexts random;

	private final InstantSource clock;

	private final SealedBox<CarriedToken> box;

	private final DefaultJWSSignerFactory signers = new DefaultJWSSignerFactory();

	/**
	 * Makes an issuer.
	 * @param keys the current key ring
	 * @param rules what the tokens look like
	 * @param random makes their ids
	 * @param clock tells when they are issued
	 */
	public BridgeTokenIssuer(Supplier<KeyRing> keys, TokenRules rules, RandomTexts random, InstantSource clock) {
		this.keys = keys;
		this.rules = rules;
		this.random = random;
		this.clock = clock;
		this.box = new SealedBox<>(keys, CarriedToken.PURPOSE, CarriedToken.class);
	}

	/**
	 * Makes a token for a grant. Signs, so it takes about a millisecond of CPU.
	 * @param grant a grant that has not ended
	 * @param tokens its tokens
	 * @return the token
	 */
	public MintedToken mint(Grant grant, UpstreamTokens tokens) {
		Instant now = this.clock.instant();
		Instant expiry = this.rules.expiry(now, tokens.expiresAt());
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer(this.rules.issuer())
			.audience(grant.resource())
			.subject(grant.subject())
			.jwtID(this.random.next())
			.issueTime(Date.from(now))
			.expirationTime(Date.from(expiry))
			.claim("client_id", grant.clientId())
			.claim("scope", grant.scope().isEmpty() ? null : grant.scope())
			.claim(GRANT_ID, grant.id());
		if (this.rules.wrap() == TokenRules.Wrap.SEALED) {
			claims.claim(CarriedToken.CLAIM,
					this.box.seal(new CarriedToken(tokens.accessToken(), tokens.expiresAt().getEpochSecond())));
		}
		return new MintedToken(sign(claims.build()), Instant.ofEpochSecond(expiry.getEpochSecond()));
	}

	private Secret sign(JWTClaimsSet claims) {
		KeyRing ring = this.keys.get();
		JWK key = ring.signingKey();
		JWSAlgorithm algorithm = ring.signingAlgorithm();
		SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(algorithm).type(TYPE).keyID(key.getKeyID()).build(),
				claims);
		try {
			jwt.sign(this.signers.createJWSSigner(key, algorithm));
			return Secret.of(jwt.serialize());
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("cannot sign with key " + key.getKeyID(), ex);
		}
	}

}
