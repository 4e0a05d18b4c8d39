package dev.mcpbridge.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.TestGrants;
import dev.mcpbridge.refresh.RefreshOutcome;
import dev.mcpbridge.refresh.RefreshTrigger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RefreshMetricsTests {

	private static final Duration TOOK = Duration.ofMillis(120);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final RefreshMetrics metrics = new RefreshMetrics(this.registry);

	private final Grant grant = TestGrants.grant("g",
			TestGrants.tokens("a", "r", Instant.parse("2026-08-22T12:00:00Z"), Duration.ofHours(1)));

	@Test
	void aRefreshIsTimedByItsTriggerAndItsOutcome() {
		this.metrics.landed(RefreshTrigger.AHEAD, new RefreshOutcome.Rotated(this.grant), TOOK);
		this.metrics.landed(RefreshTrigger.STALE, new RefreshOutcome.Kept(this.grant), TOOK);
		this.metrics.landed(RefreshTrigger.CLIENT, new RefreshOutcome.Revoked("invalid_grant"), TOOK);
		this.metrics.landed(RefreshTrigger.BACKGROUND, new RefreshOutcome.Unreachable(TOOK), TOOK);
		this.metrics.landed(RefreshTrigger.BACKGROUND, new RefreshOutcome.Unreachable(TOOK), TOOK);
		assertThat(refreshes("ahead", "rotated").count()).isOne();
		assertThat(refreshes("ahead", "rotated").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(120);
		assertThat(refreshes("stale", "adopted").count()).isOne();
		assertThat(refreshes("client", "revoked").count()).isOne();
		assertThat(refreshes("background", "unreachable").count()).isEqualTo(2);
		assertThat(this.registry.get("mcp.bridge.refresh").timers()).hasSize(20)
			.extracting(Timer::count)
			.filteredOn((count) -> count > 0)
			.hasSize(4);
	}

	@ParameterizedTest
	@EnumSource(RefreshTrigger.class)
	void whoJoinsIsCountedByTheTrigger(RefreshTrigger trigger) {
		this.metrics.joined(trigger);
		assertThat(this.registry.get("mcp.bridge.refresh.joined")
			.tag("trigger", MeterPerWord.value(trigger))
			.counter()
			.count()).isOne();
		assertThat(this.registry.get("mcp.bridge.refresh.joined").counters()).extracting(Counter::count)
			.containsOnlyOnce(1.0);
	}

	@Test
	void waitingForATurnIsTimed() {
		this.metrics.leased(TOOK);
		assertThat(this.registry.get("mcp.bridge.refresh.lease.wait").timer().totalTime(TimeUnit.MILLISECONDS))
			.isEqualTo(120);
	}

	@Test
	void recoveriesAndFallbacksAreCounted() {
		this.metrics.recovered();
		this.metrics.fellBack(true);
		this.metrics.fellBack(false);
		this.metrics.fellBack(false);
		assertThat(this.registry.get("mcp.bridge.refresh.recovered").counter().count()).isOne();
		assertThat(fallbacks("true")).isEqualTo(1);
		assertThat(fallbacks("false")).isEqualTo(2);
	}

	@Test
	void whatIsHeldIsShownUntilItIsLetGo() {
		this.metrics.held();
		this.metrics.held();
		this.metrics.held();
		assertThat(held()).isEqualTo(3);
		this.metrics.letGo(true);
		assertThat(this.registry.get("mcp.bridge.refresh.lost").counter().count()).isZero();
		this.metrics.letGo(false);
		assertThat(held()).isEqualTo(1);
		assertThat(this.registry.get("mcp.bridge.refresh.lost").counter().count()).isOne();
	}

	@Test
	void aTokenIsMeasuredWhenItIsUsed() {
		this.metrics.used(Duration.ofMillis(90_500));
		this.metrics.used(Duration.ofMinutes(20));
		DistributionSummary remaining = this.registry.get("mcp.bridge.token.remaining").summary();
		assertThat(remaining.count()).isEqualTo(2);
		assertThat(remaining.totalAmount()).isEqualTo(1290.5);
	}

	@Test
	void aTokenUsedAfterItsEndCountsAsOneOfNoTimeLeft() {
		this.metrics.used(Duration.ofSeconds(-10));
		DistributionSummary remaining = this.registry.get("mcp.bridge.token.remaining").summary();
		assertThat(remaining.count()).isOne();
		assertThat(remaining.totalAmount()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "invalid_grant,invalid_grant", "invalid_client,invalid_client",
			"unauthorized_client,unauthorized_client", "no_refresh_token,no_refresh_token", "revoked,revoked",
			"replayed,replayed", "unknown,other", "something_new,other", "INVALID_GRANT,other" })
	void aGrantThatEndsCostsALoginForOneOfAFewReasons(String reason, String tag) {
		this.metrics.landed(RefreshTrigger.STALE, new RefreshOutcome.Revoked(reason), TOOK);
		assertThat(this.registry.get("mcp.bridge.login.required").tag("reason", tag).counter().count()).isOne();
		assertThat(logins()).isOne();
	}

	@Test
	void aGrantThatWasOverBeforeIsNotCountedAgain() {
		this.metrics.landed(RefreshTrigger.STALE, new RefreshOutcome.Revoked("ended"), TOOK);
		assertThat(logins()).isZero();
		assertThat(refreshes("stale", "revoked").count()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "eyJhbGciOiJSUzI1NiJ9.e30.sig", "user@example.com" })
	void noWordOfAnUpstreamBecomesATag(String word) {
		int before = this.registry.getMeters().size();
		this.metrics.landed(RefreshTrigger.STALE, new RefreshOutcome.Revoked(word), TOOK);
		assertThat(this.registry.getMeters()).hasSize(before)
			.extracting(Meter::getId)
			.flatExtracting(Meter.Id::getTags)
			.noneSatisfy((tag) -> assertThat(tag.getValue()).isEqualTo(word));
	}

	private Timer refreshes(String trigger, String outcome) {
		return this.registry.get("mcp.bridge.refresh").tags("trigger", trigger, "outcome", outcome).timer();
	}

	private double fallbacks(String accepted) {
		return this.registry.get("mcp.bridge.refresh.fallback").tag("accepted", accepted).counter().count();
	}

	private double held() {
		return this.registry.get("mcp.bridge.refresh.held").gauge().value();
	}

	private double logins() {
		return this.registry.get("mcp.bridge.login.required").counters().stream().mapToDouble(Counter::count).sum();
	}

}
