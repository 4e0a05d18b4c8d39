package dev.mcpbridge.session;

import java.util.concurrent.TimeUnit;

import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.KeyedMark;
import dev.mcpbridge.secret.Keys;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The mark of a session id: made once for each session, checked with each request.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SessionBench {

	private final KeyRing keys = Keys.ring(Keys.rsa("rsa"), Keys.symmetric("oct"));

	private final KeyedMark mark = new KeyedMark(() -> this.keys, "session");

	private final String shown = ids().handedOut("0123456789abcdef0123456789abcdef");

	@Benchmark
	public String mark() {
		return ids().handedOut("0123456789abcdef0123456789abcdef");
	}

	@Benchmark
	public Object check() {
		return ids().read(this.shown);
	}

	private OwnedIds ids() {
		return new OwnedIds(this.mark, "5cab6ba65d3a4c096bc47e88", "sessionId", SessionListener.NONE);
	}

}
