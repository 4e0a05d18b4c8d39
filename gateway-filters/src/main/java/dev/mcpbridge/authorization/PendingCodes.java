package dev.mcpbridge.authorization;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.RandomTexts;
import dev.mcpbridge.secret.SealedBox;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.SealedValues;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Our authorization codes: short-lived, good once, and worthless to another client.
 * <p>
 * The grant behind a code waits in the store under the code's id. It becomes a grant only
 * when the code is redeemed; a login nobody finishes leaves nothing behind.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2">RFC 6749, section
 * 4.1.2</a>
 */
final class PendingCodes {

	private static final String KIND = "code";

	private final SealedBox<Code> codes;

	private final SealedBox<Grant> grants;

	private final SealedValues<Grant> values;

	private final BridgeStore store;

	private final RandomTexts random;

	private final Duration lifetime;

	private final InstantSource clock;

	PendingCodes(Supplier<KeyRing> keys, BridgeStore store, RandomTexts random, Duration lifetime,
			InstantSource clock) {
		this.codes = new SealedBox<>(keys, KIND, Code.class);
		this.grants = new SealedBox<>(keys, "pending-grant", Grant.class);
		this.values = new SealedValues<>(store, KIND, this.grants);
		this.store = store;
		this.random = random;
		this.lifetime = lifetime;
		this.clock = clock;
	}

	/**
	 * Makes a code.
	 * @param requested what it answers
	 * @param grant what it is good for
	 * @return the code, once the grant behind it is stored
	 */
	Mono<String> issue(RequestedAuthorization requested, Grant grant) {
		Code code = new Code(this.random.next(), requested.redirectUri(), requested.codeChallenge(), grant.id(),
				this.clock.instant().plus(this.lifetime).getEpochSecond());
		return this.store.replace(pending(code), 0, this.grants.seal(grant), this.lifetime)
			.map((written) -> this.codes.seal(code));
	}

	/**
	 * Opens a code, whatever its age.
	 * @param text what the client presented
	 * @return the code; empty if it is not ours
	 */
	Optional<Code> open(@Nullable String text) {
		return this.codes.open(text);
	}

	/**
	 * Tells whether a code is over.
	 * @param code the code
	 * @return whether its time is over
	 */
	boolean isOver(Code code) {
		return code.expiresAt() <= this.clock.instant().getEpochSecond();
	}

	/**
	 * Takes what a code is good for; from now on it is good for nothing.
	 * @param code the code
	 * @return the grant to be; empty if the code was redeemed before
	 */
	Mono<Grant> burn(Code code) {
		return this.store.take(pending(code)).flatMap(this.values::open);
	}

	private static String pending(Code code) {
		return KIND + ':' + code.id();
	}

	/**
	 * What a code says of itself, sealed.
	 *
	 * @param id its id
	 * @param redirectUri where it was sent
	 * @param challenge the S256 challenge it is bound to
	 * @param grantId the grant it makes
	 * @param expiresAt when it is over, in seconds since 1970
	 */
	record Code(@JsonProperty("i") String id, @JsonProperty("r") String redirectUri,
			@JsonProperty("p") String challenge, @JsonProperty("g") String grantId, @JsonProperty("e") long expiresAt) {

	}

}
