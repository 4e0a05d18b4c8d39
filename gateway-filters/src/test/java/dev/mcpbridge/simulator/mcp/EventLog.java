package dev.mcpbridge.simulator.mcp;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;

/**
 * One stream whose newest events can be had again, each under a number of its own.
 */
final class EventLog {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final String name;

	private final String session;

	private final Sinks.Many<Entry> entries;

	private int last;

	EventLog(String name, String session, int history) {
		this.name = name;
		this.session = session;
		this.entries = Sinks.many().replay().limit(history);
	}

	boolean isOf(Session session) {
		return this.session.equals(session.id());
	}

	synchronized void add(String event) {
		this.last++;
		this.entries.emitNext(new Entry(this.last, "id: " + id(this.last) + "\n" + event),
				EmitFailureHandler.busyLooping(PATIENCE));
	}

	void end() {
		this.entries.emitComplete(EmitFailureHandler.busyLooping(PATIENCE));
	}

	synchronized int last() {
		return this.last;
	}

	/** Names the event with a number; 0 is the place before the first. */
	String id(int number) {
		return this.name + "-" + number;
	}

	/** Tells what came after a number and is still known, then what comes. */
	Flux<String> after(int number) {
		return this.entries.asFlux().filter((entry) -> entry.number() > number).map(Entry::event);
	}

	private record Entry(int number, String event) {

	}

}
