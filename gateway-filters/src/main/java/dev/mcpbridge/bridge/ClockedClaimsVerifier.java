package dev.mcpbridge.bridge;

import java.time.InstantSource;
import java.util.Date;
import java.util.Set;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Judges claims by an injected clock.
 */
final class ClockedClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {

	private final InstantSource clock;

	ClockedClaimsVerifier(@Nullable Set<String> audiences, String issuer, Set<String> required, InstantSource clock,
			int skewSeconds) {
		super(audiences, new JWTClaimsSet.Builder().issuer(issuer).build(), required, null);
		setMaxClockSkew(skewSeconds);
		this.clock = clock;
	}

	@Override
	protected Date currentTime() {
		return Date.from(this.clock.instant());
	}

}
