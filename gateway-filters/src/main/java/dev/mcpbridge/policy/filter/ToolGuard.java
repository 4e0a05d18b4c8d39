package dev.mcpbridge.policy.filter;

import java.util.List;

import dev.mcpbridge.oauth.ProtectedResources;
import dev.mcpbridge.policy.CallGate;
import dev.mcpbridge.policy.ToolCallListener;
import dev.mcpbridge.policy.ToolClasses;
import dev.mcpbridge.policy.ToolListReader;
import dev.mcpbridge.policy.rule.ToolPolicies;

/**
 * What the filters of all routes share.
 */
public final class ToolGuard {

	private final ToolPolicies policies;

	private final ToolClasses classes;

	private final ToolLimits limits;

	private final Gates gates;

	private final ToolCallListener listener;

	private final boolean heard;

	private final List<ToolListReader> readers;

	private final Refusals refusals;

	/**
	 * Makes what the filters share.
	 * @param policies the policies
	 * @param classes the classes of tools
	 * @param limits how much is read
	 * @param gates who is asked before a call is sent, in this order
	 * @param listeners who hears of calls, in this order
	 * @param readers who reads lists of tools, in this order
	 * @param resources what is protected, and where it describes itself
	 */
	public ToolGuard(ToolPolicies policies, ToolClasses classes, ToolLimits limits, List<CallGate> gates,
			List<ToolCallListener> listeners, List<ToolListReader> readers, ProtectedResources resources) {
		this.policies = policies;
		this.classes = classes;
		this.limits = limits;
		this.gates = new Gates(gates);
		this.listener = ToolCallListener.all(listeners);
		this.heard = listeners.stream().anyMatch(ToolCallListener::wantsEveryCall);
		this.readers = List.copyOf(readers);
		this.refusals = new Refusals(resources);
	}

	ToolPolicies policies() {
		return this.policies;
	}

	/** Whether requests are read even where there is no policy. */
	boolean isNeeded() {
		return this.heard || !this.gates.areNone() || !this.readers.isEmpty();
	}

	ToolClasses classes() {
		return this.classes;
	}

	ToolLimits limits() {
		return this.limits;
	}

	Gates gates() {
		return this.gates;
	}

	ToolCallListener listener() {
		return this.listener;
	}

	List<ToolListReader> readers() {
		return this.readers;
	}

	Refusals refusals() {
		return this.refusals;
	}

}
