package dev.mcpbridge.authorization;

import java.time.Instant;
import java.time.InstantSource;

import dev.mcpbridge.bridge.BridgeToken;
import dev.mcpbridge.bridge.BridgeTokens;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.GrantListener.RevokedBy;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.OAuthErrorException;
import dev.mcpbridge.refresh.GrantRevocation;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Where clients give tokens back. Any token of a grant ends the whole grant, also one
 * that is over or was replaced. A token that is not ours, or of which nothing is known,
 * is worth nothing already. A bridge token that serves although the store has lost its
 * grant cannot be taken back: 503, and the token lives on.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009#section-2">RFC 7009, section 2</a>
 */
final class RevocationEndpoint {

	private final ClientAuthenticator authenticator;

	private final RefreshTokens refreshTokens;

	private final BridgeTokens bridgeTokens;

	private final Grants grants;

	private final GrantRevocation revocation;

	private final InstantSource clock;

	/**
	 * Makes the endpoint.
	 * @param authenticator proves clients
	 * @param refreshTokens opens refresh tokens
	 * @param bridgeTokens opens bridge tokens of our own, also those that are over
	 * @param grants where grants are kept
	 * @param revocation ends them
	 * @param clock tells whether a bridge token serves
	 */
	RevocationEndpoint(ClientAuthenticator authenticator, RefreshTokens refreshTokens, BridgeTokens bridgeTokens,
			Grants grants, GrantRevocation revocation, InstantSource clock) {
		this.authenticator = authenticator;
		this.refreshTokens = refreshTokens;
		this.bridgeTokens = bridgeTokens;
		this.grants = grants;
		this.revocation = revocation;
		this.clock = clock;
	}

	Mono<ServerResponse> handle(ServerRequest request) {
		return RequestBody.form(request)
			.map((form) -> TokenQuery.of(request, form))
			.flatMap(this::revoke)
			.then(Mono.defer(() -> ServerResponse.ok().cacheControl(CacheControl.noStore()).build()));
	}

	private Mono<Boolean> revoke(TokenQuery query) {
		return this.authenticator.authenticate(query.proof(), query.clientId())
			.flatMap((clientId) -> grantOf(query.token()).flatMap((grant) -> revoke(grant, clientId)));
	}

	/** What only the token remembers is stored first, so that its end is. */
	private Mono<Grant> grantOf(String text) {
		return Mono.justOrEmpty(this.refreshTokens.open(text))
			.flatMap((token) -> token.grantOf(this.grants))
			.switchIfEmpty(Mono.defer(() -> this.bridgeTokens.open(text)).flatMap(this::grantOf));
	}

	private Mono<Grant> grantOf(BridgeToken token) {
		return Mono.justOrEmpty(token.grantId())
			.flatMap(this.grants::find)
			.switchIfEmpty(Mono.defer(() -> serves(token) ? Mono.error(RevocationEndpoint::lost) : Mono.empty()));
	}

	private boolean serves(BridgeToken token) {
		Instant now = this.clock.instant();
		return token.carried() != null && token.expiresAt().isAfter(now) && token.carriedUntil().isAfter(now);
	}

	private static OAuthErrorException lost() {
		return new OAuthErrorException(
				OAuthError.temporarilyUnavailable("the token cannot be taken back alone; revoke its refresh token"));
	}

	private Mono<Boolean> revoke(Grant grant, String clientId) {
		return grant.clientId().equals(clientId) ? this.revocation.revoke(grant.id(), RevokedBy.CLIENT) : Mono
			.error(() -> new OAuthErrorException(OAuthError.invalidGrant("the token was issued to another client")));
	}

}
