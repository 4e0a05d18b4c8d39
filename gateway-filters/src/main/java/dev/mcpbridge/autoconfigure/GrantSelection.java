package dev.mcpbridge.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.secret.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Which grants an operator means. What is {@code null} or empty selects nothing out.
 *
 * @param grant the id of one
 * @param client the {@code client_id} of a client, or its fingerprint as listed
 * @param person the pseudonym of a person as listed, or their account id at the upstream
 */
record GrantSelection(@Nullable String grant, @Nullable String client, @Nullable String person) {

	GrantSelection {
		grant = named(grant);
		client = named(client);
		person = named(person);
	}

	/** How a client is listed: its identifier is long, and nobody else's business. */
	static String fingerprint(String clientId) {
		return Fingerprint.of(clientId);
	}

	/** Whether one thing is named, once: what is repeated comes joined by commas. */
	boolean isByOne() {
		List<String> named = Stream.of(this.grant, this.client, this.person).filter(Objects::nonNull).toList();
		return named.size() == 1 && !named.get(0).contains(",");
	}

	boolean matches(Grant candidate) {
		return (this.grant == null || this.grant.equals(candidate.id())) && isOfClient(candidate)
				&& isOfPerson(candidate);
	}

	private boolean isOfClient(Grant candidate) {
		return this.client == null || this.client.equals(candidate.clientId())
				|| this.client.equals(fingerprint(candidate.clientId()));
	}

	private boolean isOfPerson(Grant candidate) {
		return this.person == null || this.person.equals(candidate.subject())
				|| Fingerprint.of(candidate.upstreamClient().issuer(), this.person).equals(candidate.subject());
	}

	private static @Nullable String named(@Nullable String value) {
		return (value == null || value.isBlank()) ? null : value;
	}

}
