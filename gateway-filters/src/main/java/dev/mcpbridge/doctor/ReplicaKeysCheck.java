package dev.mcpbridge.doctor;

import java.text.ParseException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.mcpbridge.doctor.Requests.Heard;
import reactor.core.publisher.Flux;

/**
 * Looks whether whoever answers at the public URL publishes the same keys each time, and
 * ours. Each question is a new connection, which a load balancer may give to another
 * replica.
 */
final class ReplicaKeysCheck implements Check {

	private static final int QUESTIONS = 8;

	private final PublicSettings settings;

	private final Supplier<Set<String>> ours;

	private final Requests requests;

	ReplicaKeysCheck(PublicSettings settings, Supplier<Set<String>> ours, Requests requests) {
		this.settings = settings;
		this.ours = ours;
		this.requests = requests;
	}

	@Override
	public CheckId about() {
		return CheckId.PUBLIC_KEYS;
	}

	@Override
	public Flux<Finding> look() {
		return Flux.range(0, QUESTIONS)
			.concatMap((index) -> this.requests.get(this.settings.url("/jwks.json")))
			.map(ReplicaKeysCheck::thumbprints)
			.collect(HashSet<Set<String>>::new, Set::add)
			.map(this::judge)
			.flux();
	}

	private Finding judge(Set<Set<String>> answers) {
		Set<String> own = this.ours.get();
		if (answers.contains(Set.of())) {
			return Finding.failure(about(), "what answers at /jwks.json is no key set");
		}
		if (answers.size() > 1) {
			return Finding.failure(about(), "%d questions, %d different key sets".formatted(QUESTIONS, answers.size()));
		}
		return (own.isEmpty() || answers.contains(own))
				? Finding.ok(about(), "%d questions, one key set".formatted(QUESTIONS))
				: Finding.failure(about(), "the keys at the public URL are not those of the doctor's key file");
	}

	private static Set<String> thumbprints(Heard heard) {
		try {
			return (heard.status() == 200) ? thumbprints(JWKSet.parse(heard.body())) : Set.of();
		}
		catch (ParseException ex) {
			return Set.of();
		}
	}

	/** The keys of a set, whatever they are called there. */
	static Set<String> thumbprints(JWKSet keys) {
		Set<String> thumbprints = new TreeSet<>();
		for (JWK key : keys.getKeys()) {
			try {
				thumbprints.add(key.computeThumbprint().toString());
			}
			catch (JOSEException ex) {
				thumbprints.add(String.valueOf(key.getKeyID()));
			}
		}
		return thumbprints;
	}

}
