package dev.mcpbridge.observe;

import dev.mcpbridge.grant.GrantListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what happens to stored grants.
 */
public final class GrantMetrics implements GrantListener {

	private final Counter broughtBack;

	private final MeterPerWord<RevokedBy, Counter> revoked;

	private final LoginsRequired logins;

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 */
	public GrantMetrics(MeterRegistry registry) {
		this.broughtBack = Counter.builder("mcp.bridge.grants.brought.back")
			.description("Grants the store had lost, and has again")
			.register(registry);
		this.revoked = MeterPerWord.counters(RevokedBy.class, registry, "mcp.bridge.grants.revoked",
				"Grants that were ended on purpose", "by");
		this.logins = new LoginsRequired(registry);
	}

	@Override
	public void broughtBack() {
		this.broughtBack.increment();
	}

	@Override
	public void revoked(RevokedBy by) {
		this.revoked.of(by).increment();
		this.logins.count(switch (by) {
			case CLIENT, OPERATOR -> LoginReason.REVOKED;
			case CODE_REPLAY, TOKEN_REPLAY -> LoginReason.REPLAYED;
		});
	}

}
