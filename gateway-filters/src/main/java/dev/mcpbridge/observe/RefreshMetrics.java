package dev.mcpbridge.observe;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import dev.mcpbridge.refresh.RefreshListener;
import dev.mcpbridge.refresh.RefreshOutcome;
import dev.mcpbridge.refresh.RefreshTrigger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Counts and times what keeps grants fresh.
 */
public final class RefreshMetrics implements RefreshListener {

	private static final String REFRESH = "mcp.bridge.refresh";

	private static final Duration[] REFRESH_TAKES = { Duration.ofMillis(50), Duration.ofMillis(100),
			Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500),
			Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30) };

	/** In seconds. A token used after its end counts as one of no time left. */
	private static final double[] TOKEN_LASTS = { 1, 30, 60, 120, 300, 600, 1200, 1800, 2700, 3600 };

	private final MeterPerWord<RefreshTrigger, MeterPerWord<RefreshEnd, Timer>> refreshes;

	private final MeterPerWord<RefreshTrigger, Counter> joined;

	private final LoginsRequired logins;

	private final Counter fallbackAccepted;

	private final Counter fallbackRefused;

	private final Timer leaseWait;

	private final Counter recovered;

	private final Counter lost;

	private final DistributionSummary remaining;

	private final AtomicInteger held = new AtomicInteger();

	/**
	 * Registers the meters.
	 * @param registry where they are published
	 */
	public RefreshMetrics(MeterRegistry registry) {
		this.refreshes = MeterPerWord.of(RefreshTrigger.class,
				(trigger) -> MeterPerWord.of(RefreshEnd.class, (end) -> refresh(registry, trigger, end)));
		this.joined = MeterPerWord.counters(RefreshTrigger.class, registry, REFRESH + ".joined",
				"Callers who waited for a refresh in flight", "trigger");
		this.logins = new LoginsRequired(registry);
		Function<String, Counter> fallback = (accepted) -> counter(registry, REFRESH + ".fallback",
				"Refreshes with the refresh token before the newest", "accepted", accepted);
		this.fallbackAccepted = fallback.apply("true");
		this.fallbackRefused = fallback.apply("false");
		this.leaseWait = Timer.builder(REFRESH + ".lease.wait")
			.description("How long a refresh waited for its turn among the replicas")
			.serviceLevelObjectives(REFRESH_TAKES)
			.register(registry);
		this.recovered = counter(registry, REFRESH + ".recovered", "Refreshes after one that never came to its end");
		this.lost = counter(registry, REFRESH + ".lost", "Rotated tokens that were held and never stored");
		this.remaining = DistributionSummary.builder("mcp.bridge.token.remaining")
			.description("How long an upstream token lives on when it is used")
			.baseUnit("seconds")
			.serviceLevelObjectives(TOKEN_LASTS)
			.register(registry);
		Gauge.builder(REFRESH + ".held", this.held, AtomicInteger::get)
			.description("Rotated tokens that are held in memory since they cannot be stored")
			.strongReference(true)
			.register(registry);
	}

	@Override
	public void used(Duration left) {
		this.remaining.record(Math.max(0, left.toMillis() / 1000.0));
	}

	@Override
	public void joined(RefreshTrigger trigger) {
		this.joined.of(trigger).increment();
	}

	@Override
	public void leased(Duration waited) {
		this.leaseWait.record(waited);
	}

	@Override
	public void recovered() {
		this.recovered.increment();
	}

	@Override
	public void fellBack(boolean accepted) {
		(accepted ? this.fallbackAccepted : this.fallbackRefused).increment();
	}

	@Override
	public void held() {
		this.held.incrementAndGet();
	}

	@Override
	public void letGo(boolean stored) {
		this.held.decrementAndGet();
		if (!stored) {
			this.lost.increment();
		}
	}

	@Override
	public void landed(RefreshTrigger trigger, RefreshOutcome outcome, Duration took) {
		this.refreshes.of(trigger).of(RefreshEnd.of(outcome)).record(took);
		// A grant that was over before was counted by whoever ended it.
		if (outcome instanceof RefreshOutcome.Revoked revoked && !"ended".equals(revoked.reason())) {
			this.logins.count(LoginReason.of(revoked.reason()));
		}
	}

	private static Timer refresh(MeterRegistry registry, RefreshTrigger trigger, RefreshEnd end) {
		return Timer.builder(REFRESH)
			.description("Refreshes of upstream tokens, and how long they were in flight")
			.tags("trigger", MeterPerWord.value(trigger), "outcome", MeterPerWord.value(end))
			.serviceLevelObjectives(REFRESH_TAKES)
			.register(registry);
	}

	private static Counter counter(MeterRegistry registry, String name, String description, String... tags) {
		return Counter.builder(name).description(description).tags(tags).register(registry);
	}

}
