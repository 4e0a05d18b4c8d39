package dev.mcpbridge.app.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.mcpbridge.policy.ToolClasses;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * {@code replay FILE --against URL}: sends what was recorded again, and says what is
 * answered otherwise.
 */
public final class ReplayCommand {

	private static final int AS_BEFORE = 0;

	private static final int OTHERWISE = 1;

	private static final int USAGE = 2;

	private final PrintStream out;

	private final PrintStream errors;

	private final Map<String, String> environment;

	ReplayCommand(PrintStream out, PrintStream errors, Map<String, String> environment) {
		this.out = out;
		this.errors = errors;
		this.environment = environment;
	}

	/**
	 * Runs the command in a process of its own.
	 * @param arguments what follows {@code replay}
	 * @return the status to exit with: 0 if all is answered as before, 1 if not, 2 if the
	 * arguments cannot be used, nobody can be reached, or there was nothing to send
	 */
	public static int main(List<String> arguments) {
		// The report says it all, and libraries that log without a configuration log
		// everything.
		LoggingSystem.get(ReplayCommand.class.getClassLoader())
			.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
		return new ReplayCommand(System.out, System.err, System.getenv()).run(arguments);
	}

	int run(List<String> arguments) {
		try {
			ReplayOptions options = ReplayOptions.read(arguments, this.environment);
			ReplayReport report = replay(options);
			this.out.print(report.text());
			if (report.isEmpty()) {
				this.errors.println("nothing of the recording can be replayed");
				return USAGE;
			}
			Path json = options.json();
			boolean written = json == null || write(json, report.json());
			return (report.isAsBefore() && written) ? AS_BEFORE : OTHERWISE;
		}
		catch (IllegalArgumentException ex) {
			this.errors.println(ex.getMessage());
			return USAGE;
		}
		catch (ConnectException ex) {
			this.errors.println("the service cannot be reached");
			return USAGE;
		}
	}

	private static ReplayReport replay(ReplayOptions options) throws ConnectException {
		List<RecordedExchange> exchanges = RecordingReader.read(options.files());
		HttpClient http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(min(options.patience(), Duration.ofSeconds(10)))
			.build();
		Caution caution = new Caution(options.allTools(), ToolClasses.standard());
		Replayer replayer = new Replayer(new Wire(http, options.patience()), new Target(options.against()),
				options.token(), caution, options.values());
		return new ReplayReport(options.against().toString(), replayer.replay(exchanges));
	}

	private static Duration min(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
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
