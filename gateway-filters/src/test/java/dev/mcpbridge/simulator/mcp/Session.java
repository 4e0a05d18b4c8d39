package dev.mcpbridge.simulator.mcp;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;

/**
 * A session and the streams that listen to it; what is sent while none listens is lost.
 *
 * @param id its id
 * @param person who opened it, and on whose behalf everything in it happens
 */
record Session(String id, String person, Set<Sinks.Many<String>> streams) {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	Session(String id, String person) {
		this(id, person, ConcurrentHashMap.newKeySet());
	}

	/**
	 * Begins to listen at once, so nothing is lost before the stream is read.
	 */
	Flux<String> stream() {
		Sinks.Many<String> sink = Sinks.many().unicast().onBackpressureBuffer();
		this.streams.add(sink);
		return sink.asFlux().doFinally((end) -> this.streams.remove(sink));
	}

	void send(String event) {
		this.streams.forEach((sink) -> sink.emitNext(event, EmitFailureHandler.busyLooping(PATIENCE)));
	}

	void end() {
		this.streams.forEach((sink) -> sink.emitComplete(EmitFailureHandler.busyLooping(PATIENCE)));
	}

}
