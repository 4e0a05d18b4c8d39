package dev.mcpbridge.headers;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import org.springframework.http.HttpHeaders;

/**
 * What may cross, of the headers a client sends and of those the service answers with.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HeaderBench {

	private final HeaderRules rules = HeaderRules.of(List.of(), List.of(), false);

	private final HttpHeaders request = headers("Host: mcp.example.com", "Authorization: Bearer " + "x".repeat(1500),
			"Accept: application/json, text/event-stream", "Content-Type: application/json", "Content-Length: 120",
			"User-Agent: claude-code/2.0", "Mcp-Session-Id: 0123456789abcdef0123456789abcdef",
			"MCP-Protocol-Version: 2025-06-18", "Accept-Encoding: gzip, deflate, br", "Connection: keep-alive",
			"Cookie: a=b");

	private final HttpHeaders answer = headers("Content-Type: application/json", "Content-Length: 1500",
			"Date: Sat, 22 Aug 2026 12:00:00 GMT", "Server: AtlassianEdge", "Cache-Control: no-store",
			"Mcp-Session-Id: 0123456789abcdef0123456789abcdef", "Vary: Accept-Encoding", "Strict-Transport-Security: max-age=1",
			"Alt-Svc: h3=\":443\"", "Nel: {}", "Report-To: {}", "Atl-Traceid: 0123456789abcdef",
			"Atl-Request-Id: 0123456789abcdef", "Server-Timing: a;dur=1", "Set-Cookie: a=b", "X-Content-Type-Options: nosniff");

	@Benchmark
	public HttpHeaders toUpstream() {
		return this.rules.toUpstream(this.request);
	}

	@Benchmark
	public HttpHeaders toClient() {
		return this.rules.toClient(this.answer);
	}

	private static HttpHeaders headers(String... lines) {
		HttpHeaders headers = new HttpHeaders();
		for (String line : lines) {
			String[] parts = line.split(": ", 2);
			headers.add(parts[0], parts[1]);
		}
		return headers;
	}

}
