package dev.mcpbridge.audit;

import java.util.List;

/**
 * Hears how many events were written, and how many were not.
 */
public interface AuditListener {

	/**
	 * Makes one listener of several.
	 * @param listeners who hears, in this order
	 * @return the one that tells them all
	 */
	static AuditListener all(List<? extends AuditListener> listeners) {
		return new AuditListeners(List.copyOf(listeners));
	}

	/**
	 * Events were written.
	 * @param sink where
	 * @param count how many
	 */
	default void written(AuditSink.Kind sink, int count) {
	}

	/**
	 * Events were lost, since a sink failed.
	 * @param sink which
	 * @param count how many
	 */
	default void failed(AuditSink.Kind sink, int count) {
	}

	/** An event was lost to every sink, since too many were waiting. */
	default void dropped() {
	}

}
