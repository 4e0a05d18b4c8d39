package dev.mcpbridge.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Looks at what a request costs, and what memory a gateway takes, the more people have
 * logged in, or have called.
 */
final class GrowthBench {

	/** Few enough to be known to the gateway all the time. */
	private static final int AT_WORK = 100;

	/** What the slowest machine does. */
	private static final int PER_SECOND = 1000;

	private static final double MIB = 0x100000;

	private final Options options;

	private final Workload workload;

	GrowthBench(Options options, Workload workload) {
		this.options = options;
		this.workload = workload;
	}

	/**
	 * Measures gateways with more and more grants in their stores, of which few are used.
	 */
	List<GrowthRow> ofGrants() {
		List<GrowthRow> rows = new ArrayList<>();
		for (int number : this.options.growth()) {
			rows.addAll(run(number, AT_WORK, List.of(AT_WORK)));
		}
		return rows.stream().sorted(Comparator.comparing(GrowthRow::proxy)).toList();
	}

	/** Measures gateways to which more and more people come, each with a token. */
	List<GrowthRow> ofTokens() {
		List<Integer> numbers = this.options.growth();
		int most = numbers.get(numbers.size() - 1);
		return run(most, most, numbers);
	}

	private List<GrowthRow> run(int people, int withTokens, List<Integer> steps) {
		try (Upstream upstream = Upstream.start(this.options.directory().resolve("nginx"))) {
			Estate estate = Estate.of(this.options.directory(), people, withTokens, upstream.url(),
					this.workload.tokenLife());
			try (Gateways gateways = Gateways.start(this.options, upstream.url(), estate)) {
				List<GrowthRow> rows = new ArrayList<>();
				gateways.forEach((proxy) -> {
					call(proxy, estate, 0, AT_WORK, Wrk.Use.ROTATE);
					int before = 0;
					int seen = 0;
					for (int step : steps) {
						seen += (int) call(proxy, estate, before, step - before, Wrk.Use.ONCE).requests();
						rows.add(measure(proxy, estate, (steps.size() > 1) ? seen : people));
						before = step;
					}
				});
				return rows;
			}
		}
	}

	/** For as long as so many need, or to warm up. */
	private Wrk.Load call(Proxy proxy, Estate estate, int first, int count, Wrk.Use use) {
		Duration needed = Duration.ofSeconds(count / PER_SECOND);
		Duration time = (needed.compareTo(this.options.warmUp()) > 0) ? needed : this.options.warmUp();
		return Wrk.run(proxy.url(""), new Wrk.Tokens(estate.tokens(), first, count, use), this.options.full(time));
	}

	private GrowthRow measure(Proxy proxy, Estate estate, int number) {
		Wrk.Tokens known = new Wrk.Tokens(estate.tokens(), 0, AT_WORK, Wrk.Use.ROTATE);
		List<Turn> turns = new ArrayList<>();
		for (int round = 0; round < this.options.rounds(); round++) {
			turns.add(Turn.run(proxy, Workload.WARM, known, this.options.full(this.options.seconds())));
		}
		double[] micros = turns.stream().mapToDouble(Turn::cpuMicros).sorted().toArray();
		long failed = turns.stream().mapToLong((turn) -> turn.load().failed()).sum();
		double heap = proxy.jvm().heapInUse() / MIB;
		return new GrowthRow(this.workload.toString(), proxy.spec().name(), number, micros[micros.length / 2], heap,
				proxy.usage().resident() / MIB, estate.storeSize() / MIB, failed);
	}

}
