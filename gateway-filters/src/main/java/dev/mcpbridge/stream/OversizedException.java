package dev.mcpbridge.stream;

import java.io.IOException;

/**
 * The body of a request is larger than a route allows.
 */
final class OversizedException extends IOException {

	private static final long serialVersionUID = 1L;

	OversizedException() {
		super("The request is too large");
	}

}
