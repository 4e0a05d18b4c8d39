package dev.mcpbridge.policy.filter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import dev.mcpbridge.exchange.Identity;
import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.policy.CallOutcome;
import dev.mcpbridge.policy.Decision;
import dev.mcpbridge.policy.Decision.Verdict;
import dev.mcpbridge.policy.EndedCall;
import dev.mcpbridge.policy.ToolCall;
import dev.mcpbridge.policy.ToolCallListener;
import dev.mcpbridge.policy.rule.Judgement;
import dev.mcpbridge.policy.wire.CallsRequest;
import reactor.util.context.ContextView;

import org.springframework.web.server.ServerWebExchange;

/**
 * A request with calls of tools, and what was decided about each.
 *
 * @param exchange the exchange
 * @param context its Reactor context
 * @param who who asks
 * @param request what is asked for
 * @param judgements what was decided, in the order of the calls
 * @param read when it was read, in nanoseconds of a clock never set
 */
record Round(ServerWebExchange exchange, ContextView context, Identity who, CallsRequest request,
		List<Judgement> judgements, long read) {

	/** Refused in a batch beside the calls that are. */
	private static final JsonRpcError NOT_SENT = new JsonRpcError(JsonRpcError.SERVER_ERROR,
			"Not sent, since another call of its batch was refused");

	boolean isRefused() {
		return this.judgements.stream().anyMatch((judgement) -> !judgement.decision().isAllowed());
	}

	/** The scopes that would let the only call pass; empty if none would. */
	Set<String> missing() {
		return (this.judgements.size() == 1 && !this.request.batch()) ? this.judgements.get(0).missing() : Set.of();
	}

	/** What the client is told, in the order of the ids. */
	List<JsonRpcError> errors() {
		List<JsonRpcError> errors = new ArrayList<>();
		for (int index = 0; index < this.request.ids().size(); index++) {
			errors.add(error(index));
		}
		return errors;
	}

	private JsonRpcError error(int index) {
		int call = callOf(index);
		Judgement judgement = (call >= 0) ? this.judgements.get(call) : Judgement.NO_POLICY;
		return judgement.decision().isAllowed() ? NOT_SENT
				: new JsonRpcError(JsonRpcError.SERVER_ERROR, judgement.text(), Refusals.data(judgement));
	}

	/** Tells of calls none of which was sent. */
	void refused(ToolCallListener listener) {
		each(listener, CallOutcome.REFUSED, (decision) -> decision.isAllowed()
				? new Decision(Verdict.REFUSED, "batch", decision.policy(), decision.rule()) : decision);
	}

	/** Tells of calls a gate refused. */
	void refusedAtGate(ToolCallListener listener, String reason) {
		each(listener, CallOutcome.REFUSED,
				(decision) -> new Decision(Verdict.REFUSED, reason, decision.policy(), decision.rule()));
	}

	/** Tells of calls that were sent. */
	void ended(ToolCallListener listener, CallOutcome outcome) {
		each(listener, outcome, (decision) -> decision);
	}

	private void each(ToolCallListener listener, CallOutcome outcome, UnaryOperator<Decision> decided) {
		Duration took = Duration.ofNanos(System.nanoTime() - this.read);
		List<ToolCall> calls = this.request.calls();
		for (int index = 0; index < calls.size(); index++) {
			listener.ended(this.exchange, new EndedCall(this.who, calls.get(index),
					decided.apply(this.judgements.get(index).decision()), outcome, took, this.context));
		}
	}

	private int callOf(int id) {
		List<ToolCall> calls = this.request.calls();
		for (int index = 0; index < calls.size(); index++) {
			if (calls.get(index).id() == this.request.ids().get(id)) {
				return index;
			}
		}
		return -1;
	}

}
