package dev.mcpbridge.policy.rule;

import java.util.Map;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * The policies there are, by their names, and which one routes have that name none.
 */
public final class ToolPolicies {

	/** The name that stands for no policy at all. */
	public static final String NONE = "none";

	private final Map<String, ToolPolicy> policies;

	private final String byDefault;

	/**
	 * Makes the policies.
	 * @param policies the policies by their names
	 * @param byDefault the name of the one for routes that name none; empty or
	 * {@value #NONE} for no policy there
	 */
	public ToolPolicies(Map<String, ToolPolicy> policies, String byDefault) {
		this.policies = Map.copyOf(policies);
		this.byDefault = byDefault;
		if (!byDefault.isEmpty()) {
			find("mcp.bridge.tools.policy", byDefault);
		}
	}

	/**
	 * Finds the policy of a route.
	 * @param name the name the route gives, or {@code null} if it gives none
	 * @return the policy, or {@code null} if it has none
	 * @throws IllegalArgumentException if there is none of this name
	 */
	public @Nullable ToolPolicy of(@Nullable String name) {
		if (name == null || name.isEmpty()) {
			return this.byDefault.isEmpty() ? null : find("mcp.bridge.tools.policy", this.byDefault);
		}
		return find("policy", name);
	}

	private @Nullable ToolPolicy find(String where, String name) {
		if (name.equals(NONE)) {
			return null;
		}
		ToolPolicy found = this.policies.get(name);
		if (found == null) {
			throw new IllegalArgumentException("%s: %s (expected: %s, or one of mcp.bridge.tools.policies: %s)"
				.formatted(where, name, NONE, new TreeSet<>(this.policies.keySet())));
		}
		return found;
	}

}
