package dev.mcpbridge.bridge;

import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.mcpbridge.secret.Fingerprint;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Opens tokens of an existing bridge, whose upstream token is a plain claim. They have no
 * grant here, so nothing is refreshed for them.
 */
public final class TrustedBridgeTokens implements BridgeTokens {

	/** As RFC 9068, section 2.2.3.1, calls it. */
	private static final String GROUPS = "groups";

	private static final int SKEW_SECONDS = 30;

	/** Anything else could not be sent as a bearer token. */
	private static final Pattern BEARER = Pattern.compile("[\\x21-\\x7e]+");

	private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

	private final TrustedIssuer issuer;

	private final JWKSource<SecurityContext> keys;

	/**
	 * Makes the opener.
	 * @param issuer the existing bridge
	 * @param clock tells what is over, with 30 s for clocks that differ
	 */
	public TrustedBridgeTokens(TrustedIssuer issuer, InstantSource clock) {
		this.issuer = issuer;
		this.keys = keysOf(issuer);
		@Nullable Set<String> audiences = (issuer.audience() != null) ? Set.of(issuer.audience()) : null;
		this.processor.setJWSTypeVerifier((type, context) -> {
		});
		this.processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithmsOf(issuer), this.keys));
		this.processor.setJWTClaimsSetVerifier(new ClockedClaimsVerifier(audiences, issuer.issuer(),
				Set.of("exp", issuer.claim()), clock, SKEW_SECONDS));
	}

	@Override
	public Mono<BridgeToken> open(String jwt) {
		if (!isFromIssuer(jwt)) {
			return Mono.empty();
		}
		Mono<BridgeToken> opened = Mono.defer(() -> verify(jwt));
		return (this.issuer.jwkSetUri() != null) ? opened.subscribeOn(Schedulers.boundedElastic()) : opened;
	}

	/** Keys are fetched only for tokens that claim to come from this issuer. */
	private boolean isFromIssuer(String jwt) {
		try {
			JWTClaimsSet claims = JWTParser.parse(jwt).getJWTClaimsSet();
			return claims != null && this.issuer.issuer().equals(claims.getIssuer());
		}
		catch (ParseException | RuntimeException ex) {
			// The parser throws whatever a hostile header makes it stumble over.
			return false;
		}
	}

	private Mono<BridgeToken> verify(String jwt) {
		try {
			JWTClaimsSet claims = this.processor.process(jwt, null);
			String carried = claims.getStringClaim(this.issuer.claim());
			if (carried == null || !BEARER.matcher(carried).matches()) {
				return Mono.empty();
			}
			String subject = (claims.getSubject() != null) ? claims.getSubject() : "";
			String scope = claims.getStringClaim("scope");
			String client = claims.getStringClaim("client_id");
			return Mono.just(new BridgeToken(subject, client, null, owner(subject, client, carried),
					(scope != null) ? scope : "", groups(claims), claims.getExpirationTime().toInstant(),
					Secret.of(carried), claims.getExpirationTime().toInstant()));
		}
		catch (RateLimitReachedException ex) {
			return hasKeys() ? Mono.empty() : Mono.error(ex);
		}
		catch (KeySourceException ex) {
			return Mono.error(ex);
		}
		catch (ParseException | BadJOSEException | JOSEException ex) {
			return Mono.empty();
		}
	}

	/** A claim of another form names no groups. */
	private static List<String> groups(JWTClaimsSet claims) {
		return (claims.getClaim(GROUPS) instanceof List<?> list)
				? list.stream().filter(String.class::isInstance).map(String.class::cast).toList() : List.of();
	}

	/** Without a subject, two tokens are of one person only if they are the same. */
	private String owner(String subject, @Nullable String client, String carried) {
		return subject.isEmpty() ? Fingerprint.of(this.issuer.issuer(), carried)
				: Fingerprint.of(this.issuer.issuer(), subject, (client != null) ? client : "");
	}

	/**
	 * Where keys were fetched only just now, a token that names another one is bad. Where
	 * none could be fetched, nobody knows.
	 */
	private boolean hasKeys() {
		try {
			return !this.keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null).isEmpty();
		}
		catch (KeySourceException ex) {
			return false;
		}
	}

	private static Set<JWSAlgorithm> algorithmsOf(TrustedIssuer issuer) {
		return (issuer.secret() != null) ? Set.of(JWSAlgorithm.HS256)
				: Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);
	}

	private static JWKSource<SecurityContext> keysOf(TrustedIssuer issuer) {
		Secret secret = issuer.secret();
		return (secret != null) ? new ImmutableSecret<>(secret.reveal().getBytes(StandardCharsets.UTF_8))
				: remoteKeys(issuer.jwkSetUri());
	}

	private static JWKSource<SecurityContext> remoteKeys(@Nullable URI uri) {
		try {
			if (uri == null) {
				throw new MalformedURLException("none");
			}
			return JWKSourceBuilder.<SecurityContext>create(uri.toURL()).retrying(true).outageTolerant(true).build();
		}
		catch (MalformedURLException | IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"mcp.bridge.token.trusted-issuers[].jwk-set-uri: %s (expected: an absolute URL)".formatted(uri));
		}
	}

}
