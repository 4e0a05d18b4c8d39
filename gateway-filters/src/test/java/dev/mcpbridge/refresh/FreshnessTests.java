package dev.mcpbridge.refresh;

import java.time.Duration;
import java.time.Instant;

import dev.mcpbridge.grant.TestGrants;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How near its end a token is, by its lifetime, its age and the window ahead.
 */
class FreshnessTests {

	static final Instant ISSUED = Instant.parse("2026-08-22T12:00:00Z");

	@ParameterizedTest
	@CsvSource({ "PT55M, PT0S, PT5M, FRESH", "PT55M, PT49M59S, PT5M, FRESH", "PT55M, PT50M, PT5M, AGEING",
			"PT55M, PT54M54S, PT5M, AGEING", "PT55M, PT54M55S, PT5M, STALE", "PT55M, PT55M, PT5M, STALE",
			"PT55M, PT100H, PT5M, STALE", "PT55M, PT54M54S, PT0S, FRESH", "PT55M, PT54M55S, PT0S, STALE",
			"PT8H, PT7H54M, PT5M, FRESH", "PT8H, PT7H56M, PT5M, AGEING",
			// so short-lived that the margins shrink
			"PT60S, PT44S, PT5M, FRESH", "PT60S, PT45S, PT5M, AGEING", "PT60S, PT57S, PT5M, STALE",
			"PT16S, PT11S, PT5M, FRESH", "PT16S, PT14S, PT5M, AGEING", "PT16S, PT15S, PT5M, STALE",
			"PT1S, PT0S, PT5M, FRESH", "PT0S, PT0S, PT5M, STALE" })
	void isJudgedByWhatIsLeft(Duration lifetime, Duration age, Duration ahead, Freshness expected) {
		assertThat(Freshness.of(TestGrants.tokens("access", "refresh", ISSUED, lifetime), ISSUED.plus(age), ahead))
			.isEqualTo(expected);
	}

}
