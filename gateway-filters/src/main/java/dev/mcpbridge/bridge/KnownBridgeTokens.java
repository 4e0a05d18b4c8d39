package dev.mcpbridge.bridge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mcpbridge.secret.Fingerprint;
import reactor.core.publisher.Mono;

/**
 * Opens each good token once and knows it again, for verifying a signature takes longer
 * than all else that is done for a request.
 * <p>
 * A token is known by its fingerprint, never beyond its end and not after the keys have
 * changed; one without a grant of ours for a minute only, since its issuer's keys change
 * without our knowledge. What was refused is not known again. A grant that ended is no
 * matter of the token's: its grant tells.
 */
public final class KnownBridgeTokens implements BridgeTokens {

	private static final Duration FOREIGN = Duration.ofMinutes(1);

	private final BridgeTokens tokens;

	private final Supplier<?> keys;

	private final InstantSource clock;

	private final Cache<String, Known> known;

	/**
	 * Knows tokens again.
	 * @param tokens opens those that are not known
	 * @param keys what is another object after the keys that verify have changed
	 * @param most how many are known at once, those used last; 0 for none
	 * @param clock tells what is over
	 */
	public KnownBridgeTokens(BridgeTokens tokens, Supplier<?> keys, long most, InstantSource clock) {
		this.tokens = tokens;
		this.keys = keys;
		this.clock = clock;
		this.known = Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
	}

	@Override
	public Mono<BridgeToken> open(String jwt) {
		return known(jwt).map(Mono::just).orElseGet(() -> remembered(jwt));
	}

	@Override
	public Optional<BridgeToken> known(String jwt) {
		return Optional.ofNullable(this.known.getIfPresent(Fingerprint.of(jwt)))
			.filter((seen) -> seen.ring() == this.keys.get() && this.clock.instant().isBefore(seen.until()))
			.map(Known::token);
	}

	private Mono<BridgeToken> remembered(String jwt) {
		Object ring = this.keys.get();
		return this.tokens.open(jwt)
			.doOnNext((token) -> this.known.put(Fingerprint.of(jwt), new Known(token, ring, until(token))));
	}

	private Instant until(BridgeToken token) {
		if (token.grantId() != null) {
			return token.expiresAt();
		}
		Instant aMinuteOn = this.clock.instant().plus(FOREIGN);
		return aMinuteOn.isBefore(token.expiresAt()) ? aMinuteOn : token.expiresAt();
	}

	/**
	 * A token that was found good.
	 *
	 * @param token the token
	 * @param ring the keys it was verified with
	 * @param until when it is known no more
	 */
	private record Known(BridgeToken token, Object ring, Instant until) {

	}

}
