package dev.mcpbridge.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where a benchmark ran, in the words of the report. */
final class Machine {

	private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

	private static final Path LOAD = Path.of("/proc/loadavg");

	private static final Path NONE = Path.of("/dev/null");

	private Machine() {
	}

	/** Names the processor, the Java, its flags, and how busy the machine was. */
	static String describe(Options options) {
		return "%s, %s; %s, `%s`; load of the last 15 minutes %s".formatted(processor(), Cores.description(),
				java(options.java()), String.join(" ", options.jvm()), load());
	}

	private static String processor() {
		return lines(PROCESSORS).filter((line) -> line.startsWith("model name"))
			.map((line) -> line.substring(line.indexOf(':') + 1).strip())
			.findFirst()
			.orElse(System.getProperty("os.arch"));
	}

	/** By the file a Java has beside its programs: the benchmark's own may be another. */
	private static String java(Path program) {
		Path release = program.resolveSibling("../release");
		return lines(release).filter((line) -> line.startsWith("JAVA_VERSION="))
			.map((line) -> "Java " + line.replaceAll(".*=|\"", ""))
			.findFirst()
			.orElse(program.toString());
	}

	private static String load() {
		return lines(LOAD).map((line) -> line.split(" ")[2]).findFirst().orElse("unknown");
	}

	private static Stream<String> lines(Path file) {
		try {
			return Files.readAllLines(Files.isReadable(file) ? file : NONE).stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
