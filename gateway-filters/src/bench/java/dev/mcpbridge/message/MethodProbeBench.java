package dev.mcpbridge.message;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * The method of a message seen in passing: named at its beginning, as clients do, or
 * after four KiB of arguments.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MethodProbeBench {

	private static final DefaultDataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

	private final byte[] first = ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"arguments\":\""
			+ "x".repeat(4096) + "\"}}")
		.getBytes(StandardCharsets.UTF_8);

	private final byte[] last = ("{\"jsonrpc\":\"2.0\",\"id\":1,\"params\":{\"arguments\":\"" + "x".repeat(4096)
			+ "\"},\"method\":\"tools/call\"}")
		.getBytes(StandardCharsets.UTF_8);

	@Benchmark
	public McpMethod methodFirst() {
		return method(this.first);
	}

	@Benchmark
	public McpMethod methodLast() {
		return method(this.last);
	}

	private static McpMethod method(byte[] message) {
		MethodProbe probe = new MethodProbe();
		probe.look(BUFFERS.wrap(message));
		return probe.method();
	}

}
