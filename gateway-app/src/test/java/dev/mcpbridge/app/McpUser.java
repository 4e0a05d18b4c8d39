package dev.mcpbridge.app;

import java.util.List;
import java.util.Map;

/**
 * An MCP client, connected and signed in, whichever SDK it is made with.
 */
interface McpUser extends AutoCloseable {

	/** Lists the tools, every page. */
	List<String> tools();

	/** Calls a tool; an answer that is none is an exception. */
	String call(String tool, Map<String, Object> arguments);

	/** Calls the simulator's tool that reports each of its steps. */
	String callWithProgress(int steps);

	/** Cancels the newest call with progress. */
	void cancelCall();

	/** Waits for the next notification of progress and returns the step it tells. */
	double nextStep() throws InterruptedException;

	/** Waits until the server says that the tools changed. */
	void awaitToolChange() throws InterruptedException;

	/** Waits for the next line the server logs. */
	String nextLog() throws InterruptedException;

	@Override
	void close();

}
