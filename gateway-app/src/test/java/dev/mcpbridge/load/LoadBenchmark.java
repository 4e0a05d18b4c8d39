package dev.mcpbridge.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures gateways under load, prints a table and leaves it as JSON in
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
		List<Row> rows = new ArrayList<>();
		for (Workload workload : options.workloads()) {
			rows.addAll(new RequestBench(options).run(workload));
		}
		System.out.println(machine(options));
		System.out.println();
		System.out.print(Table.of(rows));
		write(options, rows);
	}

	private static void write(Options options, List<Row> rows) throws IOException {
		Map<String, Object> report = new LinkedHashMap<>();
		report.put("at", Instant.now().toString());
		report.put("machine", machine(options));
		report.put("rows", rows);
		JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		Files.writeString(options.directory().resolve("load.json"), json.writeValueAsString(report));
	}

	private static String machine(Options options) throws IOException {
		String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
		return "%s, %s; %s %s; load when it ended: %s".formatted(Cores.description(), System.getProperty("os.arch"),
				options.java(), String.join(" ", options.jvm()), load);
	}

}
