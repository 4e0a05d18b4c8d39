package dev.mcpbridge.record;

import java.util.List;

/**
 * Hears what the recorder does. Nothing it is told names a person, a client or a session.
 */
public interface RecordListener {

	/** Hears nothing. */
	RecordListener NONE = new RecordListener() {
	};

	/**
	 * Makes one listener of several.
	 * @param listeners who hears, in this order
	 * @return the one that tells them all
	 */
	static RecordListener all(List<? extends RecordListener> listeners) {
		return new RecordListeners(List.copyOf(listeners));
	}

	/**
	 * What is recorded was changed, or ended by itself.
	 * @param active how many selections there are now
	 */
	default void switched(int active) {
	}

	/**
	 * A line was written.
	 * @param bytes its length
	 */
	default void written(int bytes) {
	}

	/**
	 * Something that was to be recorded is not.
	 * @param why the reason
	 */
	default void dropped(Drop why) {
	}

	/**
	 * Why something is missing in a recording.
	 */
	enum Drop {

		/** More came than could be written at the same time: a piece of an exchange. */
		BUFFER,

		/** The file could not be written: a line. */
		FILE

	}

}
