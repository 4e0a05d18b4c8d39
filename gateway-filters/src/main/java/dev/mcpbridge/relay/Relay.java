package dev.mcpbridge.relay;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Channels between replicas: whoever has a message leaves it, whoever holds the stream it
 * belongs to finds it, in order.
 * <p>
 * A channel is open from {@link #open} until {@link #close}, or until nobody has kept it
 * for its lifetime: then whoever held it is gone. What was left in it can be read for
 * another lifetime. It has a note, which says what every replica has to know about it.
 * Its entries are bounded in size and age ({@link RelayLimits}); when something is left
 * or the channel is kept, the oldest above the bounds are dropped, and a reader that had
 * not read them is told with a {@link RelayOverrunException}. A relay that cannot be
 * reached is a {@link RelayOutageException}: what was asked may be done or not.
 */
public interface Relay {

	/**
	 * Opens a channel, as whoever will keep it.
	 * @param channel its name, not used before
	 * @param note what every replica has to know
	 * @return when it is open
	 * @throws RelayFullException if there are as many channels as there may be
	 * @throws IllegalStateException if there is one of this name
	 */
	Mono<Void> open(String channel, String note);

	/**
	 * Keeps a channel open for another lifetime; to be called by its holder well before
	 * one is over.
	 * @param channel its name
	 * @return whether it is open
	 */
	Mono<Boolean> keep(String channel);

	/**
	 * Reads a channel's note.
	 * @param channel its name
	 * @return the note, or empty if the channel is not open
	 */
	Mono<String> note(String channel);

	/**
	 * Replaces a channel's note.
	 * @param channel its name
	 * @param note what every replica has to know from now on
	 * @return whether the channel is open; if not, nothing is changed
	 */
	Mono<Boolean> note(String channel, String note);

	/**
	 * Leaves a message at the end of a channel.
	 * @param channel its name
	 * @param topic what it is about
	 * @param content the message
	 * @return where it stands, or empty if the channel is not open
	 * @throws IllegalArgumentException if it alone is above the bound
	 */
	Mono<String> append(String channel, String topic, String content);

	/**
	 * Returns where the end of a channel is now, to follow what comes after it.
	 * @param channel its name
	 * @return the position of the last entry, or of the beginning; empty if the channel
	 * is not open
	 */
	Mono<String> end(String channel);

	/**
	 * Reads a channel, what is there first and then what comes, as fast as it is asked
	 * for. Any number of readers may follow a channel, each at a place of its own.
	 * <p>
	 * A reader is told within seconds that a channel has lapsed, and at once that it was
	 * closed. It may hear on a thread of whoever left a message.
	 * @param channel its name
	 * @param after the position to read after, {@code null} for the oldest entry kept
	 * @return the entries; completes when the channel is not open any more, after what
	 * was left in it
	 * @throws IllegalArgumentException if {@code after} is no position at all
	 * @throws RelayOverrunException if an entry after it was dropped, or it is not of
	 * this channel
	 */
	Flux<RelayEntry> follow(String channel, @Nullable String after);

	/**
	 * Closes a channel: readers end, and nothing can be left in it.
	 * @param channel its name
	 * @return when it is closed; it may have been before
	 */
	Mono<Void> close(String channel);

}
