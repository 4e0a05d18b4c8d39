package dev.mcpbridge.simulator.mcp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * How the MCP server behaves.
 *
 * @param answers how streamable requests are answered
 * @param listsSimulatorTools whether the simulator's own tools are in {@code tools/list}
 * @param refusesInitialized whether {@code notifications/initialized} is answered with
 * "Method not found" on legacy streams, as captured
 * @param pageSize how many tools one {@code tools/list} answer holds
 * @param linger how long a response stream stays open after its answer
 * @param pace lets the progress tool go a step for each element, or {@code null} if it
 * goes by time
 * @param transports what is served
 */
public record McpSettings(AnswerStyle answers, boolean listsSimulatorTools, boolean refusesInitialized, int pageSize,
		Duration linger, @Nullable Publisher<?> pace, Transports transports) {

}
