package dev.mcpbridge.policy.rule;

import java.util.Set;

/**
 * Where a call acts, as far as its arguments show it.
 *
 * @param located whether the argument that decides it is there, and every name in the
 * arguments is understood
 * @param names all that is named: keys in capitals
 * @param obscure whether something is there that may lead to a place nobody can tell
 * without asking the upstream: a query, a number, a list that is no list
 */
record Place(boolean located, Set<String> names, boolean obscure) {

	Place {
		names = Set.copyOf(names);
	}

	/** Whether nothing of the call can be outside. */
	boolean isWithin(Set<String> allowed) {
		return this.located && !this.obscure && allowed.containsAll(this.names);
	}

	/** Whether something of the call may be inside. */
	boolean mayTouch(Set<String> forbidden) {
		return this.obscure || this.names.stream().anyMatch(forbidden::contains);
	}

}
