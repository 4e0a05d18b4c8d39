package dev.mcpbridge.authorization;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.SealedBox;
import dev.mcpbridge.store.BridgeStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Our refresh tokens: one family for each grant, of which the newest member is good.
 * <p>
 * A token is sealed and names its place in the family; the store holds which place is the
 * newest.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-10.4">RFC 6749, section
 * 10.4</a>
 */
final class RefreshTokens {

	private final SealedBox<RefreshToken> box;

	private final BridgeStore store;

	private final Duration lifetime;

	private final InstantSource clock;

	RefreshTokens(Supplier<KeyRing> keys, BridgeStore store, Duration lifetime, InstantSource clock) {
		this.box = new SealedBox<>(keys, "refresh-token", RefreshToken.class);
		this.store = store;
		this.lifetime = lifetime;
		this.clock = clock;
	}

	/**
	 * Opens a token that is not over yet.
	 * @param text what the client presented
	 * @return the token; empty if it is not ours or over
	 */
	Optional<RefreshToken> open(@Nullable String text) {
		long now = this.clock.instant().getEpochSecond();
		return this.box.open(text).filter((token) -> token.expiresAt() > now);
	}

	/**
	 * Begins a family.
	 * @param grantId the grant
	 * @return its first token
	 */
	Mono<String> first(String grantId) {
		return after(grantId, 0);
	}

	/**
	 * Replaces the newest token.
	 * @param token the token to replace
	 * @return its successor; empty if it was replaced before
	 */
	Mono<String> successor(RefreshToken token) {
		return after(token.grantId(), token.number());
	}

	private Mono<String> after(String grantId, long number) {
		return this.store.replace("family:" + grantId, number, "", this.lifetime)
			.filter(Boolean::booleanValue)
			.map((written) -> this.box.seal(
					new RefreshToken(grantId, number + 1, this.clock.instant().plus(this.lifetime).getEpochSecond())));
	}

	/**
	 * What a refresh token says of itself, sealed.
	 *
	 * @param grantId the grant it renews
	 * @param number its place in the family, from 1
	 * @param expiresAt when it is over, in seconds since 1970
	 */
	record RefreshToken(@JsonProperty("g") String grantId, @JsonProperty("n") long number,
			@JsonProperty("e") long expiresAt) {

	}

}
