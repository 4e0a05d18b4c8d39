package dev.mcpbridge.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts grants that ended, so that a person has to log in. Whoever counts into one
 * registry counts the same numbers.
 */
final class LoginsRequired {

	private final MeterPerWord<LoginReason, Counter> logins;

	LoginsRequired(MeterRegistry registry) {
		this.logins = MeterPerWord.counters(LoginReason.class, registry, "mcp.bridge.login.required",
				"Grants that ended, so that a person has to log in", "reason");
	}

	void count(LoginReason reason) {
		this.logins.of(reason).increment();
	}

}
