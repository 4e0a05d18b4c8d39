package dev.mcpbridge.observe;

import dev.mcpbridge.grant.GrantListener.RevokedBy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class GrantMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final GrantMetrics metrics = new GrantMetrics(this.registry);

	@Test
	void grantsThatAreBackAreCounted() {
		this.metrics.broughtBack();
		assertThat(this.registry.get("mcp.bridge.grants.brought.back").counter().count()).isOne();
	}

	@ParameterizedTest
	@CsvSource({ "CLIENT,client,revoked", "OPERATOR,operator,revoked", "CODE_REPLAY,code_replay,replayed",
			"TOKEN_REPLAY,token_replay,replayed" })
	void aGrantThatIsEndedCostsOneLogin(RevokedBy who, String by, String reason) {
		this.metrics.revoked(who);
		assertThat(counted("mcp.bridge.grants.revoked", "by", by)).isOne();
		assertThat(counted("mcp.bridge.login.required", "reason", reason)).isOne();
		assertThat(this.registry.get("mcp.bridge.login.required").counters()).extracting(Counter::count)
			.containsOnlyOnce(1.0);
	}

	@Test
	void whoeverCountsLoginsCountsTheSame() {
		new LoginsRequired(this.registry).count(LoginReason.REVOKED);
		this.metrics.revoked(RevokedBy.CLIENT);
		assertThat(counted("mcp.bridge.login.required", "reason", "revoked")).isEqualTo(2);
	}

	private double counted(String name, String tag, String value) {
		return this.registry.get(name).tag(tag, value).counter().count();
	}

}
