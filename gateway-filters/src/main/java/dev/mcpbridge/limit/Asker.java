package dev.mcpbridge.limit;

import dev.mcpbridge.exchange.Caller;
import dev.mcpbridge.policy.CallOfTools;
import dev.mcpbridge.secret.Fingerprint;
import reactor.core.publisher.Mono;

/**
 * Who is counted.
 *
 * @param person the person; whoever brings no token is the same nobody
 * @param client the client
 */
record Asker(String person, String client) {

	static Mono<Asker> of(CallOfTools call) {
		String client = (call.who().clientId() != null) ? call.who().clientId() : "";
		return person(call).map((person) -> new Asker(person, client));
	}

	/** The key of the person alone, in memory and in the store: it names nobody. */
	String key() {
		return Fingerprint.of("person", this.person);
	}

	private static Mono<String> person(CallOfTools call) {
		String subject = call.who().subject();
		return !subject.isEmpty() ? Mono.just(subject) : Caller.of(call.exchange()).map(Caller::id).defaultIfEmpty("");
	}

	@Override
	public String toString() {
		return "Asker[***]";
	}

}
