package dev.mcpbridge.app;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.mcpbridge.doctor.CheckId;
import dev.mcpbridge.doctor.Doctor;
import dev.mcpbridge.doctor.Finding;
import dev.mcpbridge.doctor.Report;
import dev.mcpbridge.doctor.Severity;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code doctor}: looks at everything with the configuration of the gateway, without
 * serving, and prints what it saw. It exits with 1 if there is a failure.
 */
final class DoctorCommand implements Command {

	/** The report is all that is written: a gateway's log would be in its way. */
	private static final List<String> QUIET = List.of("--logging.threshold.console=OFF", "--logging.config=",
			"--logging.file.name=", "--logging.file.path=");

	private static final String JSON = "--json";

	private static final String REGISTER = "--register";

	private static final Set<String> OPTIONS = Set.of(JSON, REGISTER);

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final int USAGE = 2;

	private final PrintStream out;

	private final PrintStream errors;

	private final List<String> logging;

	private DoctorCommand(PrintStream out, PrintStream errors, List<String> logging) {
		this.out = out;
		this.errors = errors;
		this.logging = logging;
	}

	/** The one of the jar. */
	static DoctorCommand standard() {
		return new DoctorCommand(System.out, System.err, QUIET);
	}

	/** One that leaves the logs of its process as they are. */
	static DoctorCommand within(PrintStream out, PrintStream errors) {
		return new DoctorCommand(out, errors, List.of());
	}

	@Override
	public int run(List<String> arguments) {
		List<String> unknown = arguments.stream()
			.filter((argument) -> !OPTIONS.contains(argument) && !argument.matches("--[^=]+=.*"))
			.toList();
		if (!unknown.isEmpty()) {
			this.errors.printf("doctor: %s (expected: %s, %s, or properties such as --server.port=8080)%n", unknown,
					JSON, REGISTER);
			return USAGE;
		}
		Report report = this.logging.isEmpty() ? report(arguments) : silently(() -> report(arguments));
		this.out.println(
				arguments.contains(JSON) ? JsonMapper.shared().writeValueAsString(report) : new ReportText(report));
		return (report.result() == Severity.FAILURE) ? 1 : 0;
	}

	/** What fails before logging is set up is logged all the same. */
	private static Report silently(Supplier<Report> work) {
		PrintStream before = System.out;
		System.setOut(new PrintStream(OutputStream.nullOutputStream()));
		try {
			return work.get();
		}
		finally {
			System.setOut(before);
		}
	}

	private Report report(List<String> arguments) {
		List<String> properties = Stream
			.concat(arguments.stream().filter((argument) -> !OPTIONS.contains(argument) && !isMuted(argument)),
					this.logging.stream())
			.toList();
		DryStart start = new DryStart();
		try (ConfigurableApplicationContext context = start.run(properties)) {
			Doctor doctor = context.getBean(Doctor.class);
			Mono<Report> report = arguments.contains(REGISTER) ? doctor.examineAndRegister() : doctor.examine();
			return report.blockOptional(PATIENCE).orElseThrow();
		}
		catch (DryStart.FailedException ex) {
			return new Report(Instant.now(), List.of(Finding.failure(CheckId.START, ex.getMessage())));
		}
	}

	private boolean isMuted(String argument) {
		return this.logging.stream()
			.map((quiet) -> quiet.substring(0, quiet.indexOf('=') + 1))
			.anyMatch(argument::startsWith);
	}

}
