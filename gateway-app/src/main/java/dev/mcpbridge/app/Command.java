package dev.mcpbridge.app;

import java.util.List;

/**
 * What the jar does in place of serving, when its first argument is a word:
 * {@code java -jar gateway-app.jar doctor --json}.
 */
@FunctionalInterface
interface Command {

	/**
	 * Does it, and writes what came of it to the standard output.
	 * @param arguments what follows the word: options of the command, and properties as
	 * {@code --name=value}
	 * @return the status the process exits with: 0 if all is well, 1 if not, 2 if the
	 * arguments cannot be used
	 */
	int run(List<String> arguments);

}
