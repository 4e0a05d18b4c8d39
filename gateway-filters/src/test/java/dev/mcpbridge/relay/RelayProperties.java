package dev.mcpbridge.relay;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.springframework.util.unit.DataSize;

/**
 * However leaving, following and asking alternate, each reader gets what was left after
 * its place, in order, and never more than it asked for.
 */
class RelayProperties {

	private static final RelayLimits LIMITS = new RelayLimits(DataSize.ofMegabytes(4), Duration.ofMinutes(5),
			Duration.ofSeconds(30));

	@Property(tries = 500)
	void eachReaderGetsWhatWasLeftAfterItsPlaceInOrder(@ForAll("steps") List<RelayRun.Step> steps) {
		RelayRun run = new RelayRun(new MemoryRelay(LIMITS, 1, InstantSource.system()), "channel");
		for (RelayRun.Step step : steps) {
			run.take(step);
			run.hasDeliveredWhatWasAskedFor();
		}
		run.end();
	}

	@Provide
	Arbitrary<List<RelayRun.Step>> steps() {
		return RelayRun.steps(200);
	}

}
