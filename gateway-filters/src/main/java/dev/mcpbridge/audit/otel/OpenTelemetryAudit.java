package dev.mcpbridge.audit.otel;

import java.util.List;
import java.util.Map;

import dev.mcpbridge.audit.AuditEvent;
import dev.mcpbridge.audit.AuditSink;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.logs.Severity;

/**
 * Hands each event to OpenTelemetry as a log record, whose attributes are the members of
 * the event below {@code mcp.audit}.
 */
public final class OpenTelemetryAudit implements AuditSink {

	private static final String BELOW = "mcp.audit.";

	private final Logger logger;

	/**
	 * Makes it.
	 * @param provider OpenTelemetry's side
	 */
	public OpenTelemetryAudit(LoggerProvider provider) {
		this.logger = provider.get("dev.mcpbridge.audit");
	}

	@Override
	public Kind kind() {
		return Kind.OPEN_TELEMETRY;
	}

	@Override
	public void write(List<AuditEvent> events) {
		events.forEach(this::emit);
	}

	private void emit(AuditEvent event) {
		LogRecordBuilder logRecord = this.logger.logRecordBuilder()
			.setTimestamp(event.time())
			.setSeverity(Severity.INFO)
			.setEventName("mcp.audit.tool_call")
			.setBody("tool call " + event.outcome());
		event.members().forEach((name, value) -> put(logRecord, BELOW + name, value));
		logRecord.emit();
	}

	private static void put(LogRecordBuilder logRecord, String name, Object value) {
		if (value instanceof Map<?, ?> values) {
			values.forEach((key, inner) -> put(logRecord, name + "." + key, inner));
		}
		else if (value instanceof List<?> list) {
			logRecord.setAttribute(AttributeKey.stringArrayKey(name), list.stream().map(String::valueOf).toList());
		}
		else if (value instanceof Long number) {
			logRecord.setAttribute(AttributeKey.longKey(name), number);
		}
		else {
			logRecord.setAttribute(AttributeKey.stringKey(name), value.toString());
		}
	}

}
