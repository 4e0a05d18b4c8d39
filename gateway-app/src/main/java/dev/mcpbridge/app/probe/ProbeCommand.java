package dev.mcpbridge.app.probe;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

import dev.mcpbridge.app.probe.contract.Comparison;
import dev.mcpbridge.app.probe.contract.Contract;
import dev.mcpbridge.app.probe.contract.ContractReader;
import dev.mcpbridge.app.probe.contract.Report;
import dev.mcpbridge.app.probe.contract.ReportJson;
import dev.mcpbridge.app.probe.contract.ReportTable;
import dev.mcpbridge.app.probe.lifecycle.Lifecycle;
import dev.mcpbridge.app.probe.lifecycle.LifecycleBuilder;
import dev.mcpbridge.app.probe.lifecycle.Pause;
import dev.mcpbridge.app.probe.signin.Visitor;
import dev.mcpbridge.app.probe.signin.Visitors;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * {@code probe lifecycle}: plays a client against a service, and says what is no longer
 * as it was.
 * <p>
 * The table goes to the standard output; what is being done, and the address to sign in
 * at, to the standard error.
 */
public final class ProbeCommand {

	private static final int AS_EXPECTED = 0;

	private static final int OTHERWISE = 1;

	private static final int USAGE = 2;

	private static final String LIFECYCLE = "lifecycle";

	private final PrintStream out;

	private final PrintStream errors;

	private final InstantSource clock;

	private final Pause pause;

	ProbeCommand(PrintStream out, PrintStream errors, InstantSource clock, Pause pause) {
		this.out = out;
		this.errors = errors;
		this.clock = clock;
		this.pause = pause;
	}

	/**
	 * Runs the command in a process of its own.
	 * @param arguments what follows {@code probe}
	 * @return the status to exit with: 0 if all is as expected, 1 if not, 2 if the
	 * arguments cannot be used
	 */
	public static int main(List<String> arguments) {
		// The report says it all, and libraries that log without a configuration log
		// everything.
		LoggingSystem.get(ProbeCommand.class.getClassLoader())
			.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
		InstantSource clock = InstantSource.system();
		return new ProbeCommand(System.out, System.err, clock, Pause.real(clock, System.err::println)).run(arguments);
	}

	int run(List<String> arguments) {
		try {
			if (arguments.isEmpty() || !arguments.get(0).equals(LIFECYCLE)) {
				throw new IllegalArgumentException("probe: %s (expected: %s, with any of %s)"
					.formatted(arguments.isEmpty() ? "nothing" : arguments.get(0), LIFECYCLE, OptionReader.known()));
			}
			ProbeOptions options = OptionReader.read(arguments.subList(1, arguments.size()));
			Report earlier = (options.compare() != null) ? earlier(options.compare()) : null;
			check(options.json());
			return conclude(probe(options), earlier, options.json());
		}
		catch (IllegalArgumentException ex) {
			this.errors.println(ex.getMessage());
			return USAGE;
		}
	}

	private Report probe(ProbeOptions options) {
		Contract contract = ContractReader.read(options.profile());
		LifecycleBuilder builder = new LifecycleBuilder(options.against(), contract, options.terms(contract))
			.progress(this.errors::println)
			.waiting(options.waiting())
			.clock(this.clock, this.pause);
		builder.signIn(visitor(options.login()), options.login().patience(), options.login().port());
		try (Lifecycle lifecycle = builder.build()) {
			return lifecycle.run();
		}
	}

	private @Nullable Visitor visitor(ProbeOptions.Login login) {
		return switch (login.way()) {
			case TOLD -> Visitors.told(this.errors::println);
			case OPENED -> Visitors.opened(login.program(), this.errors::println);
			case UNATTENDED -> Visitors.unattended();
			case NOBODY -> null;
		};
	}

	private int conclude(Report report, @Nullable Report earlier, @Nullable Path json) {
		this.out.print(ReportTable.of(report));
		boolean asExpected = report.isAsExpected();
		if (earlier != null) {
			Comparison comparison = Comparison.of(earlier, report);
			this.out.printf("%nCompared with %s of %s: ", earlier.target(), earlier.time());
			this.out.print(comparison.text());
			asExpected = asExpected && comparison.differences().isEmpty();
		}
		boolean written = json == null || write(json, ReportJson.write(report));
		return (asExpected && written) ? AS_EXPECTED : OTHERWISE;
	}

	private static Report earlier(Path file) {
		try {
			return ReportJson.read(Files.readString(file));
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"--compare: %s (expected: a file the probe wrote with --json)".formatted(file), ex);
		}
	}

	/** Before somebody signs in, and not an hour later. */
	private static void check(@Nullable Path json) {
		Path folder = (json != null) ? json.toAbsolutePath().getParent() : null;
		if (json != null && (folder == null || !Files.isWritable(folder) || Files.isDirectory(json))) {
			throw new IllegalArgumentException(
					"--json: %s (expected: a file in a folder that can be written to)".formatted(json));
		}
	}

	/** What was seen is on the screen, whatever becomes of the file. */
	private boolean write(Path file, String text) {
		try {
			Files.writeString(file, text);
			return true;
		}
		catch (IOException ex) {
			this.errors.printf("--json: %s cannot be written%n", file);
			return false;
		}
	}

}
