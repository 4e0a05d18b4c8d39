package dev.mcpbridge.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Starts what workloads of requests need, and measures them.
 */
final class RequestBench {

	private final Options options;

	RequestBench(Options options) {
		this.options = options;
	}

	/** Measures what requests cost. */
	List<Row> run(Workload workload) {
		try (Upstream upstream = upstream()) {
			Estate estate = estate(workload, upstream);
			try (Gateways gateways = Gateways.start(this.options, upstream.url(), estate)) {
				List<Row> rows = new RequestRounds(this.options, workload, turns(workload, estate))
					.run(gateways.list());
				if (workload == Workload.REFRESHES) {
					System.out.printf("refreshes of all gateways together: %d%n", upstream.refreshes());
				}
				return rows;
			}
		}
	}

	/**
	 * Measures what a flood of made-up tokens costs those who have good ones.
	 */
	List<FloodRow> flood() {
		try (Upstream upstream = upstream()) {
			Estate estate = estate(Workload.FLOOD, upstream);
			try (Gateways gateways = Gateways.start(this.options, upstream.url(), estate)) {
				List<FloodRow> rows = new ArrayList<>();
				gateways
					.forEach((proxy) -> rows.add(new Flood(this.options, proxy, turns(Workload.FLOOD, estate)).run()));
				return rows;
			}
		}
	}

	private Upstream upstream() {
		return Upstream.start(this.options.directory().resolve("nginx"));
	}

	private Estate estate(Workload workload, Upstream upstream) {
		return Estate.of(this.options.directory(), Turns.people(workload, this.options.rounds()), upstream.url(),
				workload.tokenLife());
	}

	private static Turns turns(Workload workload, Estate estate) {
		return new Turns(estate.tokens(), workload.people(), workload.use());
	}

}
