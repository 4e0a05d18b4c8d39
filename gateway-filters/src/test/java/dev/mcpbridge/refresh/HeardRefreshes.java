package dev.mcpbridge.refresh;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Writes down what a listener hears, without durations.
 */
final class HeardRefreshes implements RefreshListener {

	private final List<String> words = new CopyOnWriteArrayList<>();

	List<String> words() {
		return this.words;
	}

	@Override
	public void joined(RefreshTrigger trigger) {
		this.words.add("joined " + trigger);
	}

	@Override
	public void recovered() {
		this.words.add("recovered");
	}

	@Override
	public void fellBack(boolean accepted) {
		this.words.add("fell back " + accepted);
	}

	@Override
	public void held() {
		this.words.add("held");
	}

	@Override
	public void letGo(boolean stored) {
		this.words.add("let go " + stored);
	}

	@Override
	public void landed(RefreshTrigger trigger, RefreshOutcome outcome, Duration took) {
		this.words.add(trigger + " " + outcome.getClass().getSimpleName());
	}

}
