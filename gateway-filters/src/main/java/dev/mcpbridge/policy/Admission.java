package dev.mcpbridge.policy;

import java.time.Duration;

import dev.mcpbridge.message.JsonRpcError;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Whether a request may go on.
 */
public sealed interface Admission {

	/** Goes on, and nothing is to be given back. */
	Admission FREE = new Admitted(() -> {
	});

	/**
	 * It goes on.
	 *
	 * @param release called once when the answer has ended, however it did; must not
	 * block. In the old transport the answer is on another stream, perhaps of another
	 * replica: there it is called when the upstream has taken the message
	 */
	record Admitted(Runnable release) implements Admission {

	}

	/**
	 * It does not.
	 *
	 * @param reason a word for metrics and records, of a closed set
	 * @param status the HTTP status; with 200 it is an ordinary answer of JSON-RPC, with
	 * any other one the client is told by the status too
	 * @param error what the client is told
	 * @param retryAfter when to come back, or {@code null} to say nothing of it
	 */
	record Refused(String reason, HttpStatus status, JsonRpcError error,
			@Nullable Duration retryAfter) implements Admission {

	}

}
