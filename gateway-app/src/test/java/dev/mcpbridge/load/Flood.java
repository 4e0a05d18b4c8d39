package dev.mcpbridge.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * People at work, and beside them somebody who makes up a new token for each request, as
 * fast as those are refused.
 */
final class Flood {

	private final Options options;

	private final Proxy proxy;

	private final Turns turns;

	Flood(Options options, Proxy proxy, Turns turns) {
		this.options = options;
		this.proxy = proxy;
		this.turns = turns;
	}

	/** Measures one gateway; the row is of the round with the median fall. */
	FloodRow run() {
		Turn.run(this.proxy, Workload.FLOOD, this.turns.warmUp(), this.options.full(this.options.warmUp()));
		Turn.run(this.proxy, Workload.FLOOD, this.turns.forged(), this.options.full(this.options.seconds()));
		List<FloodRow> rounds = new ArrayList<>();
		for (int round = 0; round < this.options.rounds(); round++) {
			rounds.add(round());
		}
		rounds.sort(Comparator.comparingDouble(FloodRow::beside));
		return rounds.get(rounds.size() / 2);
	}

	private FloodRow round() {
		Wrk.How full = this.options.full(this.options.seconds());
		Turn alone = Turn.run(this.proxy, Workload.FLOOD, this.turns.turn(0), full);
		Turn forged = Turn.run(this.proxy, Workload.FLOOD, this.turns.forged(), flood());
		Wrk.Running flood = Wrk.begin(this.proxy.url(""), this.turns.forged(), flood());
		Wrk.Load beside = Wrk.run(this.proxy.url(""), this.turns.turn(0), full);
		return new FloodRow(this.proxy.spec().name(), alone.load().perSecond(), beside.perSecond(),
				flood.await().perSecond(), alone.cpuMicros(), forged.cpuMicros(), beside.failed());
	}

	private Wrk.How flood() {
		return new Wrk.How(this.options.connections() / 4, this.options.seconds(), this.options.floodRate());
	}

}
