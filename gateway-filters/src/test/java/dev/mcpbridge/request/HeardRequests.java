package dev.mcpbridge.request;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.mcpbridge.message.McpMethod;

/** Remembers what is told of requests. */
final class HeardRequests implements RequestListener {

	private final List<Heard> heard = new CopyOnWriteArrayList<>();

	@Override
	public void answered(String route, McpMethod method, RequestOutcome outcome, Duration took) {
		this.heard.add(new Heard(route, method, outcome, took));
	}

	List<Heard> heard() {
		return this.heard;
	}

	void forget() {
		this.heard.clear();
	}

	/**
	 * What was told.
	 *
	 * @param route the route
	 * @param method the method
	 * @param outcome the outcome
	 * @param took the time
	 */
	record Heard(String route, McpMethod method, RequestOutcome outcome, Duration took) {

		@Override
		public String toString() {
			return "%s %s %s".formatted(this.route, this.method.word(), this.outcome);
		}

	}

}
