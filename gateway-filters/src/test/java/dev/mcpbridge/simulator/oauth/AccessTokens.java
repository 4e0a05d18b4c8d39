package dev.mcpbridge.simulator.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * The access tokens, each valid to its own end whatever became of its grant's refresh
 * tokens.
 */
final class AccessTokens {

	private final Map<String, Access> tokens = new ConcurrentHashMap<>();

	private final Queue<String> everIssued = new ConcurrentLinkedQueue<>();

	private final AtomicInteger refusalsWhenFresh = new AtomicInteger();

	private final InstantSource clock;

	private final Duration lifetime;

	private final UnaryOperator<String> look;

	AccessTokens(InstantSource clock, Duration lifetime, UnaryOperator<String> look) {
		this.clock = clock;
		this.lifetime = lifetime;
		this.look = look;
	}

	String issue(Grant grant, String secret) {
		String token = this.look.apply(grant.token(secret));
		this.tokens.put(token, new Access(grant.person(), grant.id(), this.clock.instant().plus(this.lifetime),
				new AtomicInteger(this.refusalsWhenFresh.get())));
		remember(token);
		return token;
	}

	/**
	 * Tells who is behind a token that is valid now.
	 * @param token the access token
	 * @return the person, empty if the token is unknown, expired or not yet known here
	 */
	Optional<String> person(String token) {
		return Optional.ofNullable(this.tokens.get(token))
			.filter((access) -> this.clock.instant().isBefore(access.expiresAt()))
			.filter((access) -> access.refusals().getAndUpdate((left) -> Math.max(0, left - 1)) == 0)
			.map(Access::person);
	}

	void remember(String token) {
		this.everIssued.add(token);
	}

	void forget(String token) {
		this.tokens.remove(token);
	}

	void forgetAllOf(String grantId) {
		this.tokens.values().removeIf((access) -> access.grantId().equals(grantId));
	}

	void forgetAll() {
		this.tokens.clear();
	}

	void refuseFresh(int times) {
		this.refusalsWhenFresh.set(times);
	}

	List<String> everIssued() {
		return List.copyOf(this.everIssued);
	}

	private record Access(String person, String grantId, Instant expiresAt, AtomicInteger refusals) {
	}

}
