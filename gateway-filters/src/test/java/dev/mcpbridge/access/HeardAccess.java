package dev.mcpbridge.access;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A listener that writes down what it hears, a word for each.
 */
final class HeardAccess implements AccessListener {

	private final List<String> words = new CopyOnWriteArrayList<>();

	List<String> words() {
		return this.words;
	}

	@Override
	public void challenged(Challenge why) {
		this.words.add("challenged " + why);
	}

	@Override
	public void unavailable(Outage what) {
		this.words.add("unavailable " + what);
	}

	@Override
	public void forcedRefresh(ForcedRefresh outcome) {
		this.words.add("forced " + outcome);
	}

	@Override
	public void replayed(Replay why, boolean accepted) {
		this.words.add("replayed %s %s".formatted(why, accepted));
	}

	@Override
	public void notReplayable() {
		this.words.add("not replayable");
	}

	@Override
	public void carriedServed(Carried why) {
		this.words.add("carried " + why);
	}

}
