package dev.mcpbridge.simulator;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SettableClockTests {

	private static final Instant SOME_DAY = Instant.parse("2025-08-29T05:00:24Z");

	@Test
	void standsStillUntilPutForward() {
		SettableClock clock = SettableClock.standingAt(SOME_DAY);
		assertThat(clock.instant()).isEqualTo(SOME_DAY);
		clock.advance(Duration.ofMinutes(55));
		assertThat(clock.instant()).isEqualTo(SOME_DAY.plusSeconds(3300));
	}

	@Test
	void ticksFromWhereItWasPut() {
		SettableClock clock = SettableClock.ticking();
		Instant before = clock.instant();
		clock.advance(Duration.ofHours(1));
		assertThat(clock.instant()).isBetween(before.plusSeconds(3600), before.plusSeconds(3660));
	}

}
