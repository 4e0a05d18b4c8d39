package dev.mcpbridge.policy.rule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.mcpbridge.exchange.Identity;

/**
 * Which groups people are in: those their token names, and those that are configured.
 */
public final class Groups {

	private final Map<String, Set<String>> byPerson;

	/**
	 * Makes the groups.
	 * @param people who is in each group, by its name: the subjects of their tokens
	 */
	public Groups(Map<String, Set<String>> people) {
		Map<String, Set<String>> byPerson = new HashMap<>();
		people.forEach((group, members) -> members
			.forEach((person) -> byPerson.computeIfAbsent(person, (none) -> new HashSet<>()).add(group)));
		this.byPerson = Map.copyOf(byPerson);
	}

	Set<String> of(Identity who) {
		Set<String> configured = this.byPerson.getOrDefault(who.subject(), Set.of());
		if (configured.isEmpty()) {
			return who.groups();
		}
		Set<String> all = new HashSet<>(who.groups());
		all.addAll(configured);
		return all;
	}

}
