package dev.mcpbridge.policy.rule;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The places a rule is about. What is empty is not asked for.
 *
 * @param projects keys of Jira projects
 * @param spaces keys or ids of Confluence spaces
 * @param sites cloud ids or hosts of sites
 */
public record Places(Set<String> projects, Set<String> spaces, Set<String> sites) {

	/** Everywhere. */
	public static final Places ANY = new Places(Set.of(), Set.of(), Set.of());

	public Places {
		projects = inCapitals(projects);
		spaces = inCapitals(spaces);
		sites = inCapitals(sites);
	}

	boolean areAny() {
		return this.projects.isEmpty() && this.spaces.isEmpty() && this.sites.isEmpty();
	}

	/** Whether the call can be nowhere else. */
	boolean contain(Facts call) {
		return (this.projects.isEmpty() || call.projects().isWithin(this.projects))
				&& (this.spaces.isEmpty() || call.spaces().isWithin(this.spaces))
				&& (this.sites.isEmpty() || call.site().isWithin(this.sites));
	}

	/** Whether the call may be there. */
	boolean mayContain(Facts call) {
		return (this.projects.isEmpty() || call.projects().mayTouch(this.projects))
				&& (this.spaces.isEmpty() || call.spaces().mayTouch(this.spaces))
				&& (this.sites.isEmpty() || call.site().mayTouch(this.sites));
	}

	private static Set<String> inCapitals(Set<String> names) {
		return names.stream().map((name) -> name.toUpperCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
	}

}
