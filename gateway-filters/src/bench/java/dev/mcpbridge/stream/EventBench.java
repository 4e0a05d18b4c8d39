package dev.mcpbridge.stream;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * Events that pass: the endpoint event, which is rewritten, and one of a given size,
 * which is only counted. The difference of two sizes is the price of a KiB.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventBench {

	private static final DefaultDataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

	@Param({ "1", "64" })
	public int kib = 1;

	private final byte[] endpoint = "event: endpoint\ndata: /v1/sse/message?sessionId=0123456789abcdef\n\n"
		.getBytes(StandardCharsets.UTF_8);

	private final PassingEvents passing = new PassingEvents();

	private byte[] event = {};

	@Setup
	public void make() {
		this.event = ("event: message\ndata: {\"jsonrpc\":\"2.0\",\"result\":\"" + "x".repeat(this.kib * 1024) + "\"}\n\n")
			.getBytes(StandardCharsets.UTF_8);
	}

	@Benchmark
	public DataBuffer rewriteEndpoint() {
		return EndpointRewriter
			.over(Flux.just(BUFFERS.wrap(this.endpoint)), BUFFERS, (path) -> path.replace("/v1/sse/", "/sse/"))
			.blockLast();
	}

	@Benchmark
	public int count() {
		return this.passing.advance(BUFFERS.wrap(this.event));
	}

}
