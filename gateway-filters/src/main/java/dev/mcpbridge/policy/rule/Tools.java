package dev.mcpbridge.policy.rule;

import java.util.Set;

import dev.mcpbridge.policy.ToolClass;

/**
 * Which tools a rule is about: those it names, and those of the classes it names.
 *
 * @param names names, compared exactly
 * @param classes classes
 */
public record Tools(Set<String> names, Set<ToolClass> classes) {

	/** Every tool. */
	public static final Tools ANY = new Tools(Set.of(), Set.of());

	public Tools {
		names = Set.copyOf(names);
		classes = Set.copyOf(classes);
	}

	boolean contain(String tool, ToolClass kind) {
		return (this.names.isEmpty() && this.classes.isEmpty()) || this.names.contains(tool)
				|| this.classes.contains(kind);
	}

}
