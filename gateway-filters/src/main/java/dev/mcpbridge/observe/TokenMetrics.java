package dev.mcpbridge.observe;

import dev.mcpbridge.authorization.RefusalReason;
import dev.mcpbridge.authorization.TokenEndpointListener;
import dev.mcpbridge.oauth.OAuthError;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts the tokens we hand out, and those we do not.
 */
public final class TokenMetrics implements TokenEndpointListener {

	private static final String TOKENS = "mcp.bridge.tokens";

	private final MeterPerWord<IssuedFor, Counter> issued;

	private final Counter grace;

	private final Counter familiesRevoked;

	private final MeterPerWord<RefusedWith, MeterPerWord<RefusalReason, Counter>> refused;

	private final MeterPerWord<ToldReason, Counter> told;

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 */
	public TokenMetrics(MeterRegistry registry) {
		this.issued = MeterPerWord.counters(IssuedFor.class, registry, TOKENS + ".issued",
				"Answers with tokens for a client", "grant_type");
		this.grace = Counter.builder(TOKENS + ".grace")
			.description("Answers that were given again, for a refresh token that was replaced lately")
			.register(registry);
		this.familiesRevoked = Counter.builder("mcp.bridge.families.revoked")
			.description("Families of refresh tokens that ended, since one was replayed after the grace")
			.register(registry);
		this.refused = MeterPerWord.of(RefusedWith.class,
				(error) -> MeterPerWord.counters(RefusalReason.class, registry, TOKENS + ".refused",
						"Clients that were refused tokens, or could not prove who they are", "reason", "error",
						MeterPerWord.value(error)));
		this.told = MeterPerWord.counters(ToldReason.class, registry, "mcp.bridge.login.told",
				"Clients that were told, in place of tokens, that their person has to log in", "reason");
	}

	@Override
	public void issued(String grantType) {
		this.issued.of(IssuedFor.of(grantType)).increment();
	}

	@Override
	public void graceServed() {
		this.grace.increment();
	}

	@Override
	public void familyRevoked() {
		this.familiesRevoked.increment();
	}

	@Override
	public void refused(OAuthError error, RefusalReason reason) {
		this.refused.of(RefusedWith.of(error)).of(reason).increment();
	}

	@Override
	public void loginNeeded(String reason) {
		this.told.of(ToldReason.of(reason)).increment();
	}

}
