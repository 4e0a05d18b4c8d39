package dev.mcpbridge.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * One channel in memory. Times are milliseconds of the relay's clock.
 */
final class MemoryChannel {

	/** A reader that is not asked holds no more than this, or one entry. */
	private static final int BATCH_ENTRIES = 32;

	private static final int BATCH_BYTES = 64 * 1024;

	private final RelayLimits limits;

	private final NavigableMap<RelayPosition, Held> entries = new TreeMap<>();

	private String note;

	private long openUntil;

	private long bytes;

	private RelayPosition last = RelayPosition.BEGINNING;

	private RelayPosition dropped = RelayPosition.BEGINNING;

	MemoryChannel(RelayLimits limits, String note, long now) {
		this.limits = limits;
		this.note = note;
		this.openUntil = now + limits.lifetime().toMillis();
	}

	synchronized boolean keep(long now) {
		if (isOver(now)) {
			return false;
		}
		this.openUntil = now + this.limits.lifetime().toMillis();
		trim(now);
		return true;
	}

	synchronized void close(long now) {
		this.openUntil = Math.min(this.openUntil, now);
	}

	synchronized @Nullable String note(long now) {
		return isOver(now) ? null : this.note;
	}

	synchronized boolean note(String next, long now) {
		if (isOver(now)) {
			return false;
		}
		this.note = next;
		return true;
	}

	synchronized @Nullable String append(String topic, String content, int size, long now) {
		if (isOver(now)) {
			return null;
		}
		this.last = this.last.next(now);
		this.entries.put(this.last, new Held(new RelayEntry(this.last.toString(), topic, content), size));
		this.bytes += size;
		trim(now);
		return this.last.toString();
	}

	synchronized @Nullable String end(long now) {
		return isOver(now) ? null : this.last.toString();
	}

	synchronized RelayBatch read(@Nullable RelayPosition from, long now) {
		RelayPosition after = (from != null) ? from : this.dropped;
		if (this.dropped.isAfter(after) || after.isAfter(this.last)) {
			throw new RelayOverrunException();
		}
		List<RelayEntry> batch = new ArrayList<>();
		int size = 0;
		for (Map.Entry<RelayPosition, Held> held : this.entries.tailMap(after, false).entrySet()) {
			size += held.getValue().size();
			if (batch.size() == BATCH_ENTRIES || (size > BATCH_BYTES && !batch.isEmpty())) {
				break;
			}
			batch.add(held.getValue().entry());
			after = held.getKey();
		}
		return new RelayBatch(batch, after, Duration.ofMillis(this.openUntil - now));
	}

	synchronized long bytes() {
		return this.bytes;
	}

	/** Nobody can read what was left in it any more. */
	synchronized boolean isGone(long now) {
		return now >= this.openUntil + this.limits.lifetime().toMillis();
	}

	private boolean isOver(long now) {
		return now >= this.openUntil;
	}

	/** Goes by the time in the position, which does not go back. */
	private void trim(long now) {
		long oldest = now - this.limits.history().toMillis();
		Iterator<Map.Entry<RelayPosition, Held>> kept = this.entries.entrySet().iterator();
		while (kept.hasNext()) {
			Map.Entry<RelayPosition, Held> entry = kept.next();
			if (this.bytes <= this.limits.buffer().toBytes() && entry.getKey().millis() >= oldest) {
				return;
			}
			kept.remove();
			this.bytes -= entry.getValue().size();
			this.dropped = entry.getKey();
		}
	}

	private record Held(RelayEntry entry, int size) {

	}

}
