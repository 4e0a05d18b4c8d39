package dev.mcpbridge.bridge;

import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.SealedBox;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Opens the tokens we issued ourselves.
 * <p>
 * Refuses tokens that are unsigned, signed by another key or with another kind of key,
 * not typed {@code at+jwt}, for another audience, of another issuer, or over.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-4">RFC 9068, section 4</a>
 */
public final class OwnBridgeTokens implements BridgeTokens {

	private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384,
			JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256,
			JWSAlgorithm.ES384, JWSAlgorithm.ES512);

	private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

	private final SealedBox<CarriedToken> box;

	/**
	 * Makes the opener.
	 * @param keys the current key ring
	 * @param issuer who we are
	 * @param audiences every resource a token of ours may be meant for
	 * @param clock tells what is over; no skew is allowed, since the clock is our own
	 */
	public OwnBridgeTokens(Supplier<KeyRing> keys, String issuer, Set<String> audiences, InstantSource clock) {
		this.box = new SealedBox<>(keys, CarriedToken.PURPOSE, CarriedToken.class);
		this.processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(BridgeTokenIssuer.TYPE));
		this.processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS,
				(selector, context) -> selector.select(keys.get().publicKeys())));
		this.processor.setJWTClaimsSetVerifier(new ClockedClaimsVerifier(audiences, issuer,
				Set.of("sub", "exp", BridgeTokenIssuer.GRANT_ID), clock, 0));
	}

	@Override
	public Mono<BridgeToken> open(String jwt) {
		return Mono.fromSupplier(() -> verify(jwt));
	}

	private @Nullable BridgeToken verify(String jwt) {
		try {
			JWTClaimsSet claims = this.processor.process(jwt, null);
			Optional<CarriedToken> carried = this.box.open(claims.getStringClaim(CarriedToken.CLAIM));
			String scope = claims.getStringClaim("scope");
			String grant = claims.getStringClaim(BridgeTokenIssuer.GRANT_ID);
			return new BridgeToken(claims.getSubject(), claims.getStringClaim("client_id"), grant, grant,
					(scope != null) ? scope : "", List.of(), instant(claims.getExpirationTime()),
					carried.map(CarriedToken::token).orElse(null),
					carried.map((token) -> Instant.ofEpochSecond(token.expiresAt())).orElse(Instant.EPOCH));
		}
		catch (ParseException | BadJOSEException | JOSEException | RuntimeException ex) {
			// The parser throws whatever a hostile header makes it stumble over.
			return null;
		}
	}

	private static Instant instant(Date date) {
		return date.toInstant();
	}

}
