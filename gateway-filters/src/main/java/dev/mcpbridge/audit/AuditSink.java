package dev.mcpbridge.audit;

import java.io.IOException;
import java.util.List;

/**
 * Where audit events go. It is called on one thread, that of the trail, and may block.
 */
public interface AuditSink extends AutoCloseable {

	/**
	 * Names it, for metrics and logs.
	 * @return what it is
	 */
	Kind kind();

	/**
	 * Writes events down: all of them, or none if it fails.
	 * @param events at least one, the oldest first
	 * @throws IOException if they cannot be written
	 */
	void write(List<AuditEvent> events) throws IOException;

	@Override
	default void close() throws IOException {
	}

	/** The kinds of sinks there are. */
	enum Kind {

		/** The log of the process. */
		LOG,

		/** A file of its own. */
		FILE,

		/** Log records of OpenTelemetry. */
		OPEN_TELEMETRY,

		/** Somebody else's. */
		OTHER

	}

}
