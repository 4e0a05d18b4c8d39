package dev.mcpbridge.relay;

import java.time.Duration;
import java.util.List;

/**
 * What a reader found when it looked.
 *
 * @param entries the next entries, empty if there are none now
 * @param next the position to go on after
 * @param open how long the channel stays open if nobody keeps it; zero or less if it is
 * not open any more
 */
public record RelayBatch(List<RelayEntry> entries, RelayPosition next, Duration open) {

	/** The channel is not there. */
	public static final RelayBatch GONE = new RelayBatch(List.of(), RelayPosition.BEGINNING, Duration.ZERO);

	boolean isEmpty() {
		return this.entries.isEmpty();
	}

	/** Nothing was there, and nothing will come. */
	boolean isEnd() {
		return isEmpty() && (this.open.isZero() || this.open.isNegative());
	}

}
