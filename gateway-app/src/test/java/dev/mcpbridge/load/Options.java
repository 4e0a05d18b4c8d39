package dev.mcpbridge.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is measured, and how.
 *
 * @param workloads the workloads, in their order
 * @param proxies the gateways, in the order they take turns
 * @param rounds how often each has its turn
 * @param seconds how long each turn is
 * @param warmUp how long each gateway is under load before the first round
 * @param connections how many connections the load comes over
 * @param rate requests a second where latency is measured; 0 for half of what the slowest
 * gateway did
 * @param floodRate made-up tokens a second; 0 for as many as are refused
 * @param growth how many people there are, where their number grows
 * @param java the Java that runs the gateways
 * @param jvm flags for all of them
 * @param metrics whether the gateways that are not the app have an actuator
 * @param directory where everything is kept
 * @param write whether the table is written into the documentation
 */
record Options(List<Workload> workloads, List<ProxySpec> proxies, int rounds, Duration seconds, Duration warmUp,
		int connections, int rate, int floodRate, List<Integer> growth, Path java, List<String> jvm, boolean metrics,
		Path directory, boolean write) {

	/**
	 * Reads them from system properties, {@code load.*}.
	 * @throws IllegalArgumentException for what cannot be
	 */
	static Options read() {
		return new Options(list("workloads", "warm").stream().map(Workload::named).toList(),
				list("proxies", "bare,library,app").stream().map(ProxySpec::parse).toList(), number("rounds", 3),
				Duration.ofSeconds(number("seconds", 3)), Duration.ofSeconds(number("warm-up", 10)),
				number("connections", 64), number("rate", 0), number("flood-rate", 0),
				list("growth", "100,1000,10000,50000").stream().map((number) -> number(number, "growth")).toList(),
				java(text("java", System.getProperty("java.home"))),
				Arrays.stream(text("jvm", "-XX:+UseSerialGC -Xmx256m").strip().split("\\s+"))
					.filter((flag) -> !flag.isEmpty())
					.toList(),
				Boolean.parseBoolean(text("metrics", "false")), Path.of("target", "load").toAbsolutePath(),
				Boolean.getBoolean("mcp.docs.write"));
	}

	/** As much as is answered, for a time. */
	Wrk.How full(Duration duration) {
		return new Wrk.How(this.connections, duration, 0);
	}

	/** The same with more flags. */
	Options with(List<String> flags) {
		return new Options(this.workloads, this.proxies, this.rounds, this.seconds, this.warmUp, this.connections,
				this.rate, this.floodRate, this.growth, this.java,
				Stream.concat(this.jvm.stream(), flags.stream()).toList(), this.metrics, this.directory, this.write);
	}

	/** Tells what is said about one, as {@code load.NAME}. */
	static String text(String name, String otherwise) {
		return System.getProperty("load." + name, otherwise);
	}

	private static List<String> list(String name, String otherwise) {
		return Arrays.asList(text(name, otherwise).split(","));
	}

	private static int number(String name, int otherwise) {
		return number(text(name, Integer.toString(otherwise)), name);
	}

	private static int number(String text, String name) {
		try {
			return Integer.parseUnsignedInt(text.strip());
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("load.%s: %s (expected: a whole number)".formatted(name, text));
		}
	}

	private static Path java(String home) {
		return Path.of(home, "bin", "java");
	}

}
