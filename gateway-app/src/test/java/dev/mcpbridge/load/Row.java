package dev.mcpbridge.load;

import java.util.List;

/**
 * A line of the table.
 *
 * @param workload what people did
 * @param proxy the gateway's name
 * @param median the medians of its rounds
 * @param rounds each round
 */
record Row(String workload, String proxy, Figures median, List<Figures> rounds) {

	static Row of(Workload workload, Proxy proxy, List<Figures> rounds) {
		return new Row(workload.toString(), proxy.spec().name(), Figures.median(rounds), List.copyOf(rounds));
	}

}
