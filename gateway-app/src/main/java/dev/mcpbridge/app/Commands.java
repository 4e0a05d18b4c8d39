package dev.mcpbridge.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

import dev.mcpbridge.app.doctor.DoctorCommand;
import dev.mcpbridge.app.probe.ProbeCommand;
import dev.mcpbridge.app.rehearsal.RehearsalCommand;
import dev.mcpbridge.app.replay.ReplayCommand;

/**
 * Which words the jar knows.
 */
final class Commands {

	private static final int USAGE = 2;

	private final Map<String, Command> byWord;

	private final PrintStream errors;

	Commands(Map<String, Command> byWord, PrintStream errors) {
		this.byWord = new TreeMap<>(byWord);
		this.errors = errors;
	}

	/** The words of this version. */
	static Commands standard() {
		return new Commands(Map.of("doctor", (arguments) -> DoctorCommand.main(GatewayApplication.class, arguments),
				"probe", ProbeCommand::main, "replay", ReplayCommand::main, "rehearse",
				(arguments) -> RehearsalCommand.main(GatewayApplication.class, arguments)), System.err);
	}

	/**
	 * Runs the command the first argument names.
	 * @param arguments the whole command line
	 * @return the status to exit with, or nothing if the gateway is to be started: when
	 * the first argument, if any, is an option
	 */
	OptionalInt run(List<String> arguments) {
		if (arguments.isEmpty() || arguments.get(0).startsWith("-")) {
			return OptionalInt.empty();
		}
		Command command = this.byWord.get(arguments.get(0));
		if (command == null) {
			this.errors.printf("command: %s (expected: one of %s, or options only, such as --server.port=8080)%n",
					arguments.get(0), this.byWord.keySet());
			return OptionalInt.of(USAGE);
		}
		return OptionalInt.of(command.run(arguments.subList(1, arguments.size())));
	}

}
