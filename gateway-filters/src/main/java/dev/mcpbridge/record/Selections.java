package dev.mcpbridge.record;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * What is recorded now. To ask whether anything is costs no more than reading a field.
 */
final class Selections {

	/** Each is looked at with each request. */
	static final int MOST = 32;

	private final InstantSource clock;

	private final Pseudonyms pseudonyms;

	private final DoubleSupplier dice;

	private final RecordListener listener;

	private volatile List<Active> active = List.of();

	private int last;

	Selections(InstantSource clock, Pseudonyms pseudonyms, DoubleSupplier dice, RecordListener listener) {
		this.clock = clock;
		this.pseudonyms = pseudonyms;
		this.dice = dice;
		this.listener = listener;
	}

	boolean isEmpty() {
		return this.active.isEmpty();
	}

	List<Active> current() {
		prune();
		return this.active;
	}

	synchronized Active add(Selection selection) {
		prune();
		if (this.active.size() >= MOST) {
			throw new IllegalStateException(
					"recordings: %d (expected: at most %d at a time)".formatted(MOST + 1, MOST));
		}
		Active added = new Active(Integer.toString(++this.last), selection);
		List<Active> all = new ArrayList<>(this.active);
		all.add(added);
		become(all);
		return added;
	}

	/**
	 * Ends some.
	 * @param id which, or empty for all
	 * @return how many were ended
	 */
	synchronized int remove(String id) {
		prune();
		List<Active> rest = this.active.stream().filter((one) -> !id.isEmpty() && !one.id().equals(id)).toList();
		int ended = this.active.size() - rest.size();
		become(rest);
		return ended;
	}

	/** Whether a request is to be recorded. */
	boolean cover(Call call) {
		Instant now = this.clock.instant();
		boolean over = false;
		for (Active one : this.active) {
			over |= one.selection().isOver(now);
			if (!one.selection().isOver(now) && one.selection().covers(call) && isDrawn(one.selection(), call)) {
				return true;
			}
		}
		if (over) {
			prune();
		}
		return false;
	}

	/** Forgets those that are over. */
	synchronized void prune() {
		Instant now = this.clock.instant();
		List<Active> rest = this.active.stream().filter((one) -> !one.selection().isOver(now)).toList();
		if (rest.size() < this.active.size()) {
			become(rest);
		}
	}

	/** A login is recorded whole, or not at all. */
	private boolean isDrawn(Selection selection, Call call) {
		if (selection.ratio() >= 1) {
			return true;
		}
		String login = call.login().lasting();
		double drawn = (login != null) ? this.pseudonyms.shareOf(login) : this.dice.getAsDouble();
		return drawn < selection.ratio();
	}

	private void become(List<Active> all) {
		this.active = List.copyOf(all);
		this.listener.switched(all.size());
	}

	/**
	 * One of them.
	 *
	 * @param id its name
	 * @param selection what it covers
	 */
	record Active(String id, Selection selection) {
	}

}
