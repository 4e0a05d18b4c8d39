package dev.mcpbridge.policy.rule;

import java.util.Set;

import dev.mcpbridge.exchange.Identity;
import dev.mcpbridge.secret.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Whom a rule is about. Whoever is asked for must be all that is said: one of the
 * clients, one of the people, and in one of the groups.
 *
 * @param clients ids of clients or their fingerprints; empty for any
 * @param people subjects of tokens; empty for any
 * @param groups names of groups; empty for any
 */
public record Callers(Set<String> clients, Set<String> people, Set<String> groups) {

	/** Everybody. */
	public static final Callers ANY = new Callers(Set.of(), Set.of(), Set.of());

	public Callers {
		clients = Set.copyOf(clients);
		people = Set.copyOf(people);
		groups = Set.copyOf(groups);
	}

	boolean contain(Identity who, Set<String> memberOf) {
		return (this.clients.isEmpty() || isOneOf(who.clientId()))
				&& (this.people.isEmpty() || this.people.contains(who.subject()))
				&& (this.groups.isEmpty() || this.groups.stream().anyMatch(memberOf::contains));
	}

	private boolean isOneOf(@Nullable String clientId) {
		return clientId != null && (this.clients.contains(clientId) || this.clients.contains(Fingerprint.of(clientId)));
	}

}
