package dev.mcpbridge.stream;

/**
 * The upstream named a message endpoint no client of ours may be given.
 * <p>
 * Its message says why, never what was named.
 */
final class EndpointException extends RuntimeException {

	EndpointException(String why) {
		super("Endpoint event refused: " + why, null, false, false);
	}

}
