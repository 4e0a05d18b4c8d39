package dev.mcpbridge.simulator.mcp;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tool calls at work, and what became of those that did not end by themselves.
 */
public final class Calls {

	private final Map<Key, Sinks.Empty<Void>> running = new ConcurrentHashMap<>();

	private final AtomicInteger cancelled = new AtomicInteger();

	private final AtomicInteger abandoned = new AtomicInteger();

	Calls() {
	}

	/** Lets work go on until it is done, cancelled, or nobody wants its result. */
	Flux<ObjectNode> run(Session session, JsonNode id, Flux<ObjectNode> work) {
		return Flux.defer(() -> {
			Key key = new Key(session.id(), id);
			Sinks.Empty<Void> stop = Sinks.empty();
			this.running.put(key, stop);
			return work.takeUntilOther(stop.asMono())
				.doOnCancel(this.abandoned::incrementAndGet)
				.doFinally((end) -> this.running.remove(key, stop));
		});
	}

	void cancel(Session session, JsonNode id) {
		Sinks.@Nullable Empty<Void> call = this.running.remove(new Key(session.id(), id));
		if (call != null) {
			this.cancelled.incrementAndGet();
			call.tryEmitEmpty();
		}
	}

	/**
	 * Counts the calls at work.
	 * @return how many
	 */
	public int running() {
		return this.running.size();
	}

	/**
	 * Counts the calls that {@code notifications/cancelled} stopped.
	 * @return how many
	 */
	public int cancelled() {
		return this.cancelled.get();
	}

	/**
	 * Counts the calls whose client closed the connection before the answer.
	 * @return how many
	 */
	public int abandoned() {
		return this.abandoned.get();
	}

	/** Ids of requests are unique within a session. */
	private record Key(String session, JsonNode id) {

	}

}
