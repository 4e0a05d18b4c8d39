package dev.mcpbridge.translation.sseupstream;

/**
 * What is still awaited, as a stream goes on.
 */
final class Remaining {

	private volatile Awaited awaited;

	Remaining(Awaited awaited) {
		this.awaited = awaited;
	}

	Awaited now() {
		return this.awaited;
	}

	void now(Awaited left) {
		this.awaited = left;
	}

}
