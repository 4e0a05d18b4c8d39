package dev.mcpbridge.observe;

import dev.mcpbridge.authorization.RefusalReason;
import dev.mcpbridge.oauth.OAuthError;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class TokenMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final TokenMetrics metrics = new TokenMetrics(this.registry);

	@ParameterizedTest
	@CsvSource({ "authorization_code,authorization_code", "refresh_token,refresh_token", "password,other" })
	void tokensAreCountedByWhatTheyAreFor(String grantType, String tag) {
		this.metrics.issued(grantType);
		assertOnlyOneIsCounted("mcp.bridge.tokens.issued", "grant_type", tag);
	}

	@Test
	void answersGivenAgainAreCounted() {
		this.metrics.graceServed();
		assertOnlyOneIsCounted("mcp.bridge.tokens.grace");
	}

	@Test
	void familiesThatEndAreCounted() {
		this.metrics.familyRevoked();
		assertOnlyOneIsCounted("mcp.bridge.families.revoked");
	}

	@ParameterizedTest
	@EnumSource
	void refusalsAreCountedByTheirReason(RefusalReason reason) {
		this.metrics.refused(OAuthError.invalidGrant("dead"), reason);
		assertOnlyOneIsCounted("mcp.bridge.tokens.refused", "error", "invalid_grant", "reason", reason.word());
	}

	@Test
	void refusalsAreCountedByWhatTheClientIsTold() {
		this.metrics.refused(OAuthError.invalidClient("not known"), RefusalReason.UNKNOWN);
		assertOnlyOneIsCounted("mcp.bridge.tokens.refused", "error", "invalid_client", "reason", "unknown");
	}

	@Test
	void anErrorToComeIsAnotherOne() {
		this.metrics.refused(OAuthError.invalidTarget("elsewhere"), RefusalReason.FOREIGN);
		assertOnlyOneIsCounted("mcp.bridge.tokens.refused", "error", "other", "reason", "foreign");
	}

	@ParameterizedTest
	@CsvSource({ "expired,expired", "replayed,replayed", "ended,ended", "unknown,unknown",
			"invalid_grant,invalid_grant", "invalid_client,invalid_client", "unauthorized_client,unauthorized_client",
			"no_refresh_token,no_refresh_token", "user@example.com,other", "EXPIRED,other" })
	void clientsThatAreToldToLogInAreCountedByOneOfAFewReasons(String reason, String tag) {
		this.metrics.loginNeeded(reason);
		assertOnlyOneIsCounted("mcp.bridge.login.told", "reason", tag);
	}

	private void assertOnlyOneIsCounted(String name, String... tags) {
		assertThat(this.registry.get(name).tags(tags).counter().count()).isOne();
		assertThat(this.registry.getMeters()).extracting((meter) -> ((Counter) meter).count()).containsOnlyOnce(1.0);
	}

}
