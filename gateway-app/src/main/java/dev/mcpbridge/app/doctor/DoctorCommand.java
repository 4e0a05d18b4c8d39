package dev.mcpbridge.app.doctor;

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
public final class DoctorCommand {

	/** The report is all that is written: a gateway's log would be in its way. */
	private static final List<String> QUIET = List.of("--logging.threshold.console=OFF", "--logging.config=",
			"--logging.file.name=", "--logging.file.path=");

	private static final String JSON = "--json";

	private static final String REGISTER = "--register";

	private static final Set<String> OPTIONS = Set.of(JSON, REGISTER);

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final int USAGE = 2;

	private DoctorCommand() {
	}

	/**
	 * Runs the command in a process of its own.
	 * @param gateway the class that is started to serve
	 * @param arguments what follows {@code doctor}
	 * @return the status to exit with: 0 if nothing failed, 1 if something did, 2 if the
	 * arguments cannot be used
	 */
	public static int main(Class<?> gateway, List<String> arguments) {
		List<String> unknown = arguments.stream()
			.filter((argument) -> !OPTIONS.contains(argument) && !argument.matches("--[^=]+=.*"))
			.toList();
		if (!unknown.isEmpty()) {
			System.err.printf("doctor: %s (expected: %s, %s, or properties such as --server.port=8080)%n", unknown,
					JSON, REGISTER);
			return USAGE;
		}
		Report report = silently(() -> report(gateway, arguments));
		System.out.println(
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

	private static Report report(Class<?> gateway, List<String> arguments) {
		List<String> properties = Stream
			.concat(arguments.stream().filter((argument) -> !OPTIONS.contains(argument) && !isMuted(argument)),
					QUIET.stream())
			.toList();
		DryStart start = new DryStart(gateway);
		try (ConfigurableApplicationContext context = start.run(properties)) {
			Doctor doctor = context.getBean(Doctor.class);
			Mono<Report> report = arguments.contains(REGISTER) ? doctor.examineAndRegister() : doctor.examine();
			return report.blockOptional(PATIENCE).orElseThrow();
		}
		catch (DryStart.FailedException ex) {
			return new Report(Instant.now(), List.of(Finding.failure(CheckId.START, ex.getMessage())));
		}
	}

	private static boolean isMuted(String argument) {
		return QUIET.stream().map((quiet) -> quiet.substring(0, quiet.indexOf('=') + 1)).anyMatch(argument::startsWith);
	}

}
