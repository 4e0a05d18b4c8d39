package dev.mcpbridge.access;

import java.net.URI;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.oauth.BearerChallenge;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a refusal says: its header and its body.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChallengeBench {

	private final URI metadata = URI.create("https://mcp.example.com/.well-known/oauth-protected-resource/mcp");

	private final JsonMapper json = JsonMapper.shared();

	@Benchmark
	public String header() {
		return new BearerChallenge(Challenger.INVALID, this.metadata).headerValue();
	}

	@Benchmark
	public byte[] body() {
		return this.json.writeValueAsBytes(Challenger.INVALID.members());
	}

}
