package dev.mcpbridge.observe;

import dev.mcpbridge.access.AccessListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what the gate decides.
 */
public final class AccessMetrics implements AccessListener {

	private final MeterPerWord<Challenge, Counter> challenges;

	private final MeterPerWord<Outage, Counter> unavailable;

	private final MeterPerWord<ForcedRefresh, Counter> forced;

	private final MeterPerWord<Replay, Counter> accepted;

	private final MeterPerWord<Replay, Counter> refused;

	private final Counter impossible;

	private final MeterPerWord<Carried, Counter> carried;

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 */
	public AccessMetrics(MeterRegistry registry) {
		this.challenges = MeterPerWord.counters(Challenge.class, registry, "mcp.bridge.challenges",
				"Requests that were answered with the challenge", "reason");
		this.unavailable = MeterPerWord.counters(Outage.class, registry, "mcp.bridge.unavailable",
				"Requests that were answered with 503, since nobody could tell what their token is worth", "reason");
		this.forced = MeterPerWord.counters(ForcedRefresh.class, registry, "mcp.bridge.refresh.forced",
				"Requests that asked for another token, since the upstream refused theirs", "outcome");
		this.accepted = replays(registry, true);
		this.refused = replays(registry, false);
		this.impossible = Counter.builder("mcp.bridge.replays.impossible")
			.description("Refused requests that were not sent again, since their body is not kept")
			.register(registry);
		this.carried = MeterPerWord.counters(Carried.class, registry, "mcp.bridge.carried",
				"Requests that were sent on although their grant could not be read", "reason");
	}

	@Override
	public void challenged(Challenge why) {
		this.challenges.of(why).increment();
	}

	@Override
	public void unavailable(Outage what) {
		this.unavailable.of(what).increment();
	}

	@Override
	public void forcedRefresh(ForcedRefresh outcome) {
		this.forced.of(outcome).increment();
	}

	@Override
	public void replayed(Replay why, boolean accepted) {
		(accepted ? this.accepted : this.refused).of(why).increment();
	}

	@Override
	public void notReplayable() {
		this.impossible.increment();
	}

	@Override
	public void carriedServed(Carried why) {
		this.carried.of(why).increment();
	}

	private static MeterPerWord<Replay, Counter> replays(MeterRegistry registry, boolean accepted) {
		return MeterPerWord.counters(Replay.class, registry, "mcp.bridge.replays",
				"Requests that were sent again, since the upstream refused their token", "kind", "accepted",
				Boolean.toString(accepted));
	}

}
