package dev.mcpbridge.load;

import java.util.Arrays;
import java.util.Locale;

/** What people do. */
enum Workload {

	/** One person calls tools, with one token. */
	WARM("");

	/** What the upstream is to answer, as a query it goes by. */
	private final String query;

	Workload(String query) {
		this.query = query;
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

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
