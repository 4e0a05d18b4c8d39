package dev.mcpbridge.load;

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
					call(proxy, estate, 0, Math.min(AT_WORK, withTokens), Wrk.Use.ROTATE);
					int before = 0;
					for (int step : steps) {
						call(proxy, estate, before, step - before, Wrk.Use.ONCE);
						rows.add(measure(proxy, estate, (steps.size() > 1) ? step : people));
						before = step;
					}
				});
				return rows;
			}
		}
	}

	private void call(Proxy proxy, Estate estate, int first, int count, Wrk.Use use) {
		Wrk.run(proxy.url(""), new Wrk.Tokens(estate.tokens(), first, count, use),
				this.options.full(this.options.warmUp()));
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
