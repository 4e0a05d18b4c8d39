package dev.mcpbridge.audit;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.mcpbridge.audit.otel.OpenTelemetryAudit;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OpenTelemetryAuditTests {

	final List<LogRecordData> exported = new CopyOnWriteArrayList<>();

	@Test
	void eachEventIsALogRecordWithItsMembersAsAttributes() {
		try (SdkLoggerProvider provider = SdkLoggerProvider.builder()
			.addLogRecordProcessor(SimpleLogRecordProcessor.create(new Collecting()))
			.build()) {
			new OpenTelemetryAudit(provider).write(List.of(AuditEvents.numbered(7)));
		}
		assertThat(this.exported).hasSize(1);
		LogRecordData event = this.exported.get(0);
		assertThat(event.getEventName()).isEqualTo("mcp.audit.tool_call");
		assertThat(event.getAttributes().asMap())
			.containsEntry(AttributeKey.stringKey("mcp.audit.tool"), "getJiraIssue")
			.containsEntry(AttributeKey.longKey("mcp.audit.duration_ms"), 7L)
			.containsEntry(AttributeKey.stringArrayKey("mcp.audit.arguments"), List.of("cloudId"))
			.containsEntry(AttributeKey.stringKey("mcp.audit.decision"), "allowed");
	}

	private final class Collecting implements LogRecordExporter {

		@Override
		public CompletableResultCode export(Collection<LogRecordData> logs) {
			OpenTelemetryAuditTests.this.exported.addAll(logs);
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode flush() {
			return CompletableResultCode.ofSuccess();
		}

		@Override
		public CompletableResultCode shutdown() {
			return CompletableResultCode.ofSuccess();
		}

	}

}
