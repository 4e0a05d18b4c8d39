package dev.mcpbridge.policy;

import java.time.Duration;

import dev.mcpbridge.exchange.Identity;
import reactor.util.context.ContextView;

/**
 * A call of a tool that is over.
 *
 * @param who who called
 * @param call what was called
 * @param decision what was decided about it
 * @param outcome how it ended
 * @param took how long that took since the request was read
 * @param context the Reactor context of the request: its id, and its trace if there is
 * one
 */
public record EndedCall(Identity who, ToolCall call, Decision decision, CallOutcome outcome, Duration took,
		ContextView context) {

}
