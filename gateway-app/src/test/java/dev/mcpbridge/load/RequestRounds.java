package dev.mcpbridge.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets gateways take turns: under as much load as they bear, and under as much as all of
 * them bear.
 */
final class RequestRounds {

	private final Options options;

	private final Workload workload;

	private final Turns turns;

	RequestRounds(Options options, Workload workload, Turns turns) {
		this.options = options;
		this.workload = workload;
		this.turns = turns;
	}

	/** Measures all of them. */
	List<Row> run(List<Proxy> proxies) {
		Map<Proxy, List<Figures>> figures = new LinkedHashMap<>();
		proxies.forEach((proxy) -> {
			Turn.run(proxy, this.workload, this.turns.warmUp(), this.options.full(this.options.warmUp()));
			figures.put(proxy, new ArrayList<>());
		});
		int rate = this.options.rate();
		for (int round = 0; round < this.options.rounds(); round++) {
			int number = 2 * round;
			List<Turn> full = proxies.stream().map((proxy) -> full(proxy, number)).toList();
			rate = (rate > 0) ? rate : half(full);
			for (Turn turn : full) {
				Wrk.Load paced = paced(turn.proxy(), number + 1, rate);
				figures.getOrDefault(turn.proxy(), List.of()).add(turn.with(paced));
			}
		}
		return figures.entrySet()
			.stream()
			.map((entry) -> Row.of(this.workload, entry.getKey(), entry.getValue()))
			.toList();
	}

	private Turn full(Proxy proxy, int number) {
		return Turn.run(proxy, this.workload, this.turns.turn(number), this.options.full(this.options.seconds()));
	}

	private Wrk.Load paced(Proxy proxy, int number, int rate) {
		return Wrk.run(proxy.url(this.workload.query()), this.turns.turn(number),
				new Wrk.How(this.options.connections(), this.options.seconds(), rate));
	}

	private static int half(List<Turn> full) {
		return Math.max(1, (int) full.stream().mapToDouble((turn) -> turn.load().perSecond()).min().orElse(0) / 2);
	}

}
