package dev.mcpbridge.load;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one gateway did under one workload.
 *
 * @param cpuMicros processor time for each request, in microseconds, at full load
 * @param perSecond requests a second, at full load
 * @param allocated bytes allocated for each request, at full load
 * @param residentMiB memory after it, in MiB
 * @param p50Millis half of the answers took no longer, in milliseconds, at the fixed rate
 * @param p99Millis 99 of 100 answers took no longer, at the fixed rate
 * @param rate the fixed rate as it came out, in requests a second
 * @param failed answers that were not 2xx, or were none, of both loads
 */
record Figures(double cpuMicros, double perSecond, double allocated, double residentMiB, double p50Millis,
		double p99Millis, double rate, double failed) {

	/** Takes the median of each figure. */
	static Figures median(List<Figures> rounds) {
		return new Figures(median(rounds, Figures::cpuMicros), median(rounds, Figures::perSecond),
				median(rounds, Figures::allocated), median(rounds, Figures::residentMiB),
				median(rounds, Figures::p50Millis), median(rounds, Figures::p99Millis), median(rounds, Figures::rate),
				rounds.stream().mapToDouble(Figures::failed).sum());
	}

	private static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
		double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
