package dev.mcpbridge.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** What people do. */
enum Workload {

	/** One person calls tools, with one token. */
	WARM("", 1, Wrk.Use.ROTATE),

	/** As many people as are at work in a large house take turns. */
	ROTATION("", 5000, Wrk.Use.ROTATE),

	/** Each call is the first one of somebody, as after a restart. */
	UNSEEN("", 5000, Wrk.Use.ONCE),

	/** Answers come as a stream that ends after one event. */
	EVENTS("?answer=events", 1, Wrk.Use.ROTATE),

	/** Answers are of 1 MiB. */
	LARGE("?answer=large", 1, Wrk.Use.ROTATE),

	/**
	 * A thousand people take turns, whose upstream tokens live for 40 s: some 30
	 * refreshes a second.
	 */
	REFRESHES("", 1000, Wrk.Use.ROTATE),

	/** Somebody makes up tokens meanwhile. */
	FLOOD("", 1, Wrk.Use.ROTATE),

	/** 2,000 people listen, and nothing happens. */
	STREAMS_2000("", 2000, Wrk.Use.ROTATE),

	/** 5,000 people listen, and nothing happens. */
	STREAMS_5000("", 5000, Wrk.Use.ROTATE),

	/** 2,000 people listen, and the upstream speaks TLS. */
	TLS_STREAMS_2000("", 2000, Wrk.Use.ROTATE),

	/** A hundred people call, and more and more others have logged in. */
	GRANTS("", 100, Wrk.Use.ROTATE),

	/** More and more people call. */
	TOKENS("", 100, Wrk.Use.ROTATE);

	private static final Duration LONG = Duration.ofDays(30);

	/** What the upstream is to answer, as a query it goes by. */
	private final String query;

	private final int people;

	private final Wrk.Use use;

	Workload(String query, int people, Wrk.Use use) {
		this.query = query;
		this.people = people;
		this.use = use;
	}

	/**
	 * Finds one by the name the command line has for it.
	 * @throws IllegalArgumentException naming the known ones
	 */
	static Workload named(String name) {
		return Arrays.stream(values())
			.filter((workload) -> workload.toString().equals(name.strip()))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"load.workloads: %s (expected: some of %s)".formatted(name, Arrays.toString(values()))));
	}

	String query() {
		return this.query;
	}

	/** Returns how many people there are in one turn. */
	int people() {
		return this.people;
	}

	/** Returns what is done with their tokens. */
	Wrk.Use use() {
		return this.use;
	}

	/** Returns how long the upstream's tokens live. */
	Duration tokenLife() {
		return (this == REFRESHES) ? Answers.TOKEN_LIFE : LONG;
	}

	boolean isWithTls() {
		return this == TLS_STREAMS_2000;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
