package dev.mcpbridge.policy.wire;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An answer of the upstream from which nobody can take what a caller is not to see.
 */
public final class UnreadableAnswerException extends UncheckedIOException {

	private static final long serialVersionUID = 1L;

	UnreadableAnswerException(String why) {
		super(new IOException("the answer cannot be read: " + why));
	}

}
