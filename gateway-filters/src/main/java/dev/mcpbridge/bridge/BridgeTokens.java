package dev.mcpbridge.bridge;

import java.util.Optional;

import reactor.core.publisher.Mono;

/**
 * Opens bridge tokens of one issuer.
 */
public interface BridgeTokens {

	/**
	 * Opens a token if it is good: signed by the issuer, for us, and not over.
	 * @param jwt what a client presented
	 * @return the token, or empty if it is not good in any way; an error only if that
	 * cannot be told now
	 */
	Mono<BridgeToken> open(String jwt);

	/**
	 * Finds a token that was opened before and is still good.
	 * @param jwt what a client presented
	 * @return the token; empty if it has to be opened
	 */
	default Optional<BridgeToken> known(String jwt) {
		return Optional.empty();
	}

	/**
	 * Opens tokens of several issuers.
	 * @param issuers the issuers, asked in turn until one opens the token
	 * @return all of them as one
	 */
	static BridgeTokens anyOf(Iterable<? extends BridgeTokens> issuers) {
		return (jwt) -> {
			Mono<BridgeToken> opened = Mono.empty();
			for (BridgeTokens issuer : issuers) {
				opened = opened.switchIfEmpty(Mono.defer(() -> issuer.open(jwt)));
			}
			return opened;
		};
	}

}
