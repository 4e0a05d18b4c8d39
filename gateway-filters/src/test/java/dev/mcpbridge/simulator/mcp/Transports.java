package dev.mcpbridge.simulator.mcp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What the server speaks, and how well its streams bear a cut.
 *
 * @param sse whether HTTP+SSE is served
 * @param streamable whether streamable HTTP is served
 * @param modern whether the streamable endpoint knows revision 2026-07-28 too
 * @param history how many events of a streamable stream can be had again by
 * {@code Last-Event-ID}; 0 sends no event ids
 * @param retry closes each stream that answers a POST before the answer, and tells the
 * client to be back after this time; {@code null} leaves them open
 */
public record Transports(boolean sse, boolean streamable, boolean modern, int history, @Nullable Duration retry) {

	/**
	 * Both, as captured: without event ids, and of the revisions up to 2025-11-25.
	 * @return the transports
	 */
	public static Transports both() {
		return new Transports(true, true, false, 0, null);
	}

	/**
	 * HTTP+SSE alone, as before 2025.
	 * @return the transports
	 */
	public static Transports onlySse() {
		return new Transports(true, false, false, 0, null);
	}

	/**
	 * Streamable HTTP alone, as once HTTP+SSE is retired.
	 * @return the transports
	 */
	public static Transports onlyStreamable() {
		return new Transports(false, true, false, 0, null);
	}

	/**
	 * Gives the streams of streamable HTTP a memory.
	 * @param events how many events of each stream are kept
	 * @return the same with it
	 */
	public Transports resumable(int events) {
		return new Transports(this.sse, this.streamable, this.modern, events, this.retry);
	}

	/**
	 * Lets clients come back for the answers of their calls, rather than wait for them.
	 * Goes with {@link #resumable}.
	 * @param after the time they are told to wait
	 * @return the same with it
	 */
	public Transports polled(Duration after) {
		return new Transports(this.sse, this.streamable, this.modern, this.history, after);
	}

	/**
	 * Answers clients of revision 2026-07-28 as well.
	 * @return the same with it
	 */
	public Transports withModern() {
		return new Transports(this.sse, this.streamable, true, this.history, this.retry);
	}

}
