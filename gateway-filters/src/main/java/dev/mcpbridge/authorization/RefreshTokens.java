package dev.mcpbridge.authorization;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.SealedBox;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Makes and opens our refresh tokens. A token is sealed and names its place in its
 * family; what that place is worth is in the store.
 *
 * @see TokenFamily
 */
final class RefreshTokens {

	/**
	 * Where upstream tokens are so large that a copy would take more, in characters, the
	 * token goes without: the answer it is kept in must not outgrow what can be opened.
	 */
	private static final int MAX_LENGTH_WITH_COPY = 16 * 1024;

	private final SealedBox<RefreshToken> box;

	private final Duration lifetime;

	private final boolean withCopies;

	private final InstantSource clock;

	RefreshTokens(Supplier<KeyRing> keys, Duration lifetime, boolean withCopies, InstantSource clock) {
		this.box = new SealedBox<>(keys, "refresh-token", RefreshToken.class);
		this.lifetime = lifetime;
		this.withCopies = withCopies;
		this.clock = clock;
	}

	/**
	 * Makes a token.
	 * @param grant the grant it renews
	 * @param number its place in the family, from 1
	 * @return the token
	 */
	Secret make(Grant grant, long number) {
		long end = this.clock.instant().plus(this.lifetime).getEpochSecond();
		String bare = this.box.seal(new RefreshToken(grant.id(), number, end, null));
		String whole = this.withCopies ? this.box.seal(new RefreshToken(grant.id(), number, end, grant)) : bare;
		return Secret.of((whole.length() <= MAX_LENGTH_WITH_COPY) ? whole : bare);
	}

	/**
	 * Opens a token, whatever its age.
	 * @param text what the client presented
	 * @return the token; empty if it is not ours
	 */
	Optional<RefreshToken> open(@Nullable String text) {
		return this.box.open(text).map((token) -> this.withCopies ? token : token.withoutCopy());
	}

	/**
	 * What a refresh token says of itself, sealed.
	 *
	 * @param grantId the grant it renews
	 * @param number its place in the family, from 1
	 * @param expiresAt when it is over, in seconds since 1970
	 * @param copy the grant when the token was made, for a store that loses it, or
	 * {@code null} if only the store is to be believed
	 */
	record RefreshToken(@JsonProperty("g") String grantId, @JsonProperty("n") long number,
			@JsonProperty("e") long expiresAt, @JsonProperty("c") @Nullable Grant copy) {

		RefreshToken withoutCopy() {
			return new RefreshToken(this.grantId, this.number, this.expiresAt, null);
		}

		/**
		 * Finds the grant the token renews. One the store has lost is brought back, which
		 * may be older than what was lost, but is all there is.
		 * @param grants where grants are kept
		 * @return the grant, ended or not; empty if nobody knows it any more
		 */
		Mono<Grant> grantOf(Grants grants) {
			return grants.find(this.grantId)
				.switchIfEmpty(Mono.defer(() -> Mono.justOrEmpty(this.copy).flatMap(grants::bringBack)));
		}

		boolean isOver(Instant now) {
			return this.expiresAt <= now.getEpochSecond();
		}

	}

}
