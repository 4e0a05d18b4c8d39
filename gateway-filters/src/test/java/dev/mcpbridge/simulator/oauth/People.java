package dev.mcpbridge.simulator.oauth;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Who sits before the consent page: the default person unless others are queued.
 */
final class People {

	private final Queue<String> queue = new ConcurrentLinkedQueue<>();

	private final String standing;

	People(String standing) {
		this.standing = checked(standing);
	}

	void queue(String person) {
		this.queue.add(checked(person));
	}

	String next() {
		String person = this.queue.peek();
		return (person != null) ? person : this.standing;
	}

	String take() {
		String person = this.queue.poll();
		return (person != null) ? person : this.standing;
	}

	private static String checked(String person) {
		if (!person.matches("[0-9a-f]{24}")) {
			throw new IllegalArgumentException("person: " + person + " (expected: 24 hex digits)");
		}
		return person;
	}

}
