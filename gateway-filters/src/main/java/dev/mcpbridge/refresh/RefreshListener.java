package dev.mcpbridge.refresh;

import java.time.Duration;
import java.util.List;

/**
 * Hears what becomes of refreshes. Nothing it is told names a grant or a person.
 */
public interface RefreshListener {

	/** Hears nothing. */
	RefreshListener NONE = new RefreshListener() {
	};

	/**
	 * Makes one listener of several.
	 * @param listeners who hears, in this order
	 * @return the one that tells them all
	 */
	static RefreshListener all(List<? extends RefreshListener> listeners) {
		return new RefreshListeners(List.copyOf(listeners));
	}

	/**
	 * An upstream token is about to be used.
	 * @param left how long it lives on
	 */
	default void used(Duration left) {
	}

	/**
	 * Somebody waits for a refresh that is in flight already.
	 * @param trigger why they wanted one
	 */
	default void joined(RefreshTrigger trigger) {
	}

	/**
	 * A refresh had its turn among the replicas, or found another one had been faster.
	 * @param waited how long that took
	 */
	default void leased(Duration waited) {
	}

	/** A refresh found that an earlier one of the same tokens never came to its end. */
	default void recovered() {
	}

	/**
	 * The newest refresh token was dead, so the one before it was tried.
	 * @param accepted whether the upstream took it
	 */
	default void fellBack(boolean accepted) {
	}

	/** What the upstream rotated cannot be stored for now, and is held in memory. */
	default void held() {
	}

	/**
	 * What was held was stored, or given up.
	 * @param stored whether it was stored
	 */
	default void letGo(boolean stored) {
	}

	/**
	 * A refresh came to its end.
	 * @param trigger why it was begun
	 * @param outcome what came of it; {@link RefreshOutcome.Kept} if another replica was
	 * faster
	 * @param took how long it was in flight
	 */
	default void landed(RefreshTrigger trigger, RefreshOutcome outcome, Duration took) {
	}

}
