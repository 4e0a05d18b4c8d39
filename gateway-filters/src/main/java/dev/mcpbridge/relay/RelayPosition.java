package dev.mcpbridge.relay;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an entry stands in its channel, written {@code <millis>-<sequence>}: digits and a
 * hyphen, as Redis writes the ids of a stream.
 *
 * @param millis when it was left, in milliseconds since 1970 by the clock of the relay
 * @param sequence how many were left before it in the same millisecond
 */
public record RelayPosition(long millis, long sequence) implements Comparable<RelayPosition> {

	/** Before every entry. */
	public static final RelayPosition BEGINNING = new RelayPosition(0, 0);

	private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

	private static final Comparator<RelayPosition> ORDER = Comparator.comparingLong(RelayPosition::millis)
		.thenComparingLong(RelayPosition::sequence);

	/**
	 * Reads a position.
	 * @param text what was written, perhaps by a stranger
	 * @return the position
	 * @throws IllegalArgumentException if it is none; the message does not repeat it
	 */
	public static RelayPosition parse(String text) {
		Matcher written = WRITTEN.matcher(text);
		if (!written.matches()) {
			throw new IllegalArgumentException("not a position in a channel (expected: <millis>-<sequence>)");
		}
		return new RelayPosition(Long.parseLong(written.group(1)), Long.parseLong(written.group(2)));
	}

	/**
	 * Returns where the next entry stands, which is after this one even if the clock was
	 * put back.
	 * @param now the time, in milliseconds since 1970
	 * @return the position
	 */
	RelayPosition next(long now) {
		return (now > this.millis) ? new RelayPosition(now, 0) : new RelayPosition(this.millis, this.sequence + 1);
	}

	/**
	 * Tells whether this is after another one.
	 * @param other the other one
	 * @return whether it is
	 */
	public boolean isAfter(RelayPosition other) {
		return compareTo(other) > 0;
	}

	@Override
	public int compareTo(RelayPosition other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.millis + "-" + this.sequence;
	}

}
