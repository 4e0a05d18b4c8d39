package dev.mcpbridge.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Which core does what: the gateways have the first one to themselves, where there are
 * several, so that what is measured is theirs alone.
 */
final class Cores {

	private static final int COUNT = Runtime.getRuntime().availableProcessors();

	private static final boolean APART = COUNT > 1 && Programs.find("taskset").isPresent();

	private Cores() {
	}

	/** Puts a gateway on its core. */
	static List<String> ofGateways(List<String> command) {
		if (!APART) {
			return command;
		}
		List<String> pinned = new ArrayList<>(List.of("taskset", "-c", "0"));
		pinned.addAll(command);
		return pinned;
	}

	/** Takes this process, and what it starts from now on, off the gateways' core. */
	static void stayAway() {
		if (APART) {
			String others = "1-" + (COUNT - 1);
			Programs.run(List.of("taskset", "-a", "-c", "-p", others, Long.toString(ProcessHandle.current().pid())));
		}
	}

	/** Says it in words, for the report. */
	static String description() {
		return APART ? "%d cores, the gateways on one of them".formatted(COUNT) : "%d cores, shared".formatted(COUNT);
	}

}
