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
		return on("0", command);
	}

	/** Puts what is not measured on the others. */
	static List<String> ofOthers(List<String> command) {
		return on("1-" + (COUNT - 1), command);
	}

	/** Says it in words, for the report. */
	static String description() {
		return APART ? "%d cores, the gateways on one of them".formatted(COUNT) : "%d cores, shared".formatted(COUNT);
	}

	private static List<String> on(String cores, List<String> command) {
		if (!APART) {
			return command;
		}
		List<String> pinned = new ArrayList<>(List.of("taskset", "-c", cores));
		pinned.addAll(command);
		return pinned;
	}

}
