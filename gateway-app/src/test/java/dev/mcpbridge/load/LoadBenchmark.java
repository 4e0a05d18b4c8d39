package dev.mcpbridge.load;

import java.io.IOException;
import java.nio.file.Files;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures gateways under load, prints tables and leaves the figures of each round in
 * {@code target/load/load.json}.
 */
final class LoadBenchmark {

	private LoadBenchmark() {
	}

	/**
	 * Runs it.
	 * @param arguments none; the options are system properties
	 * @throws IOException if the report cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		Options options = Options.read();
		Files.createDirectories(options.directory());
		Cores.stayAway();
		Report report = Report.none(Machine.describe(options));
		for (Workload workload : options.workloads()) {
			Report measured = run(options, workload);
			measured.tables().values().forEach(System.out::println);
			report = report.and(measured);
			write(options, report);
		}
		if (options.write()) {
			Page.write(report);
		}
	}

	private static Report run(Options options, Workload workload) {
		System.out.println("measuring " + workload);
		String machine = Machine.describe(options);
		return switch (workload) {
			case STREAMS_2000, STREAMS_5000, TLS_STREAMS_2000 ->
				Report.ofStreams(machine, new StreamBench(options, workload).run());
			case FLOOD -> Report.ofFloods(machine, new RequestBench(options).flood());
			case GRANTS -> Report.ofGrowth(machine, new GrowthBench(options, workload).ofGrants());
			case TOKENS -> Report.ofGrowth(machine, new GrowthBench(options, workload).ofTokens());
			default -> Report.ofRequests(machine, new RequestBench(options).run(workload));
		};
	}

	/** After each workload, so that a run that is cut short has not been for nothing. */
	private static void write(Options options, Report report) throws IOException {
		JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		Files.writeString(options.directory().resolve("load.json"), json.writeValueAsString(report));
	}

}
