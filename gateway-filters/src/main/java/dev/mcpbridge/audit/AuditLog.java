package dev.mcpbridge.audit;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes each event as a line of JSON to the log {@value #NAME}, at INFO.
 */
public final class AuditLog implements AuditSink {

	/** The name of the log. */
	public static final String NAME = "dev.mcpbridge.audit.events";

	private static final Log events = LogFactory.getLog(NAME);

	private static final JsonMapper JSON = JsonMapper.shared();

	@Override
	public Kind kind() {
		return Kind.LOG;
	}

	@Override
	public void write(List<AuditEvent> written) {
		written.forEach((event) -> events.info(JSON.writeValueAsString(event.members())));
	}

}
