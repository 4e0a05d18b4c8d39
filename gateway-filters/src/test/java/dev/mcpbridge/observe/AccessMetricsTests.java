package dev.mcpbridge.observe;

import java.util.List;

import dev.mcpbridge.access.AccessListener.Carried;
import dev.mcpbridge.access.AccessListener.Challenge;
import dev.mcpbridge.access.AccessListener.ForcedRefresh;
import dev.mcpbridge.access.AccessListener.Outage;
import dev.mcpbridge.access.AccessListener.Replay;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class AccessMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AccessMetrics metrics = new AccessMetrics(this.registry);

	@ParameterizedTest
	@EnumSource
	void challengesAreCountedByTheirReason(Challenge why) {
		this.metrics.challenged(why);
		assertOnlyOneIsCounted("mcp.bridge.challenges", "reason", MeterPerWord.value(why));
	}

	@ParameterizedTest
	@EnumSource
	void requestsNobodyCanJudgeAreCountedByWhatGivesNoAnswer(Outage what) {
		this.metrics.unavailable(what);
		assertOnlyOneIsCounted("mcp.bridge.unavailable", "reason", MeterPerWord.value(what));
	}

	@ParameterizedTest
	@EnumSource
	void forcedRefreshesAreCountedByTheirOutcome(ForcedRefresh outcome) {
		this.metrics.forcedRefresh(outcome);
		assertOnlyOneIsCounted("mcp.bridge.refresh.forced", "outcome", MeterPerWord.value(outcome));
	}

	@ParameterizedTest
	@EnumSource
	void replaysAreCountedByWhatIsDifferentAndWhetherItHelps(Replay why) {
		for (boolean accepted : List.of(true, false)) {
			SimpleMeterRegistry own = new SimpleMeterRegistry();
			new AccessMetrics(own).replayed(why, accepted);
			assertOnlyOneIsCounted(own, "mcp.bridge.replays", "kind", MeterPerWord.value(why), "accepted",
					Boolean.toString(accepted));
		}
	}

	@Test
	void requestsThatCannotBeSentAgainAreCounted() {
		this.metrics.notReplayable();
		assertOnlyOneIsCounted("mcp.bridge.replays.impossible");
	}

	@ParameterizedTest
	@EnumSource
	void sealedTokensThatServeAreCountedByWhatIsWrongWithTheGrant(Carried why) {
		this.metrics.carriedServed(why);
		assertOnlyOneIsCounted("mcp.bridge.carried", "reason", MeterPerWord.value(why));
	}

	private void assertOnlyOneIsCounted(String name, String... tags) {
		assertOnlyOneIsCounted(this.registry, name, tags);
	}

	private static void assertOnlyOneIsCounted(SimpleMeterRegistry registry, String name, String... tags) {
		assertThat(registry.get(name).tags(tags).counter().count()).isOne();
		assertThat(registry.getMeters()).extracting((meter) -> ((Counter) meter).count()).containsOnlyOnce(1.0);
	}

}
