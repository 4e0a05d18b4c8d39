package dev.mcpbridge.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events of a test. */
final class AuditEvents {

	private AuditEvents() {
	}

	static AuditEvent numbered(int number) {
		return new AuditEvent(Instant.EPOCH, "somebody", "a-client", "mcp", "getJiraIssue", "read",
				Integer.toString(number), List.of("cloudId"), Map.of(),
				new AuditEvent.Decided("allowed", "no-policy", "", ""), "ok", number, null, null);
	}

}
