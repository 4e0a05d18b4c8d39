package dev.mcpbridge.authorization;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jwt.SignedJWT;
import dev.mcpbridge.authorization.RefreshTokens.RefreshToken;
import dev.mcpbridge.bridge.BridgeToken;
import dev.mcpbridge.bridge.BridgeTokens;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.Grants;
import reactor.core.publisher.Mono;

/**
 * Says what a token of ours is worth now: what a route, or the token endpoint, would say
 * to it. Nothing is renewed or counted as used.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2.2">RFC 7662, section
 * 2.2</a>
 */
final class TokenIntrospection {

	private static final Map<String, Object> INACTIVE = Map.of("active", false);

	private static final List<String> CLAIMS = List.of("client_id", "sub", "scope", "exp", "iat", "iss", "aud", "jti");

	private final String issuer;

	private final RefreshTokens refreshTokens;

	private final TokenFamilies families;

	private final Duration grace;

	private final BridgeTokens bridgeTokens;

	private final Grants grants;

	private final InstantSource clock;

	TokenIntrospection(AuthorizationServerSettings settings, RefreshTokens refreshTokens, TokenFamilies families,
			BridgeTokens bridgeTokens, Grants grants, InstantSource clock) {
		this.issuer = settings.issuer();
		this.refreshTokens = refreshTokens;
		this.families = families;
		this.grace = settings.refreshGrace();
		this.bridgeTokens = bridgeTokens;
		this.grants = grants;
		this.clock = clock;
	}

	/**
	 * Describes a token.
	 * @param token any text
	 * @return the members of the answer
	 */
	Mono<Map<String, Object>> describe(String token) {
		return Mono.justOrEmpty(this.refreshTokens.open(token))
			.flatMap(this::refreshToken)
			.switchIfEmpty(Mono.defer(() -> bridgeToken(token)))
			.defaultIfEmpty(INACTIVE);
	}

	private Mono<Map<String, Object>> refreshToken(RefreshToken token) {
		Instant now = this.clock.instant();
		return token.isOver(now) ? Mono.empty()
				: this.grants.find(token.grantId())
					.switchIfEmpty(Mono.justOrEmpty(token.copy()))
					.filter((grant) -> !grant.hasEnded())
					.filterWhen((grant) -> isGood(token, now))
					.map((grant) -> members(token, grant));
	}

	private Mono<Boolean> isGood(RefreshToken token, Instant now) {
		return this.families.find(token.grantId())
			.map((stored) -> stored.placeOf(token.number(), now, this.grace))
			.map((place) -> place == TokenFamily.Place.NEWEST || place == TokenFamily.Place.REPLACED);
	}

	private Map<String, Object> members(RefreshToken token, Grant grant) {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("active", true);
		members.put("client_id", grant.clientId());
		members.put("sub", grant.subject());
		if (!grant.scope().isEmpty()) {
			members.put("scope", grant.scope());
		}
		members.put("exp", token.expiresAt());
		members.put("iss", this.issuer);
		return members;
	}

	private Mono<Map<String, Object>> bridgeToken(String jwt) {
		return this.bridgeTokens.open(jwt).filterWhen(this::isGranted).map((token) -> members(jwt));
	}

	/** The token inside serves when the store has lost the grant. */
	private Mono<Boolean> isGranted(BridgeToken token) {
		boolean carries = token.carried() != null && token.carriedUntil().isAfter(this.clock.instant());
		return Mono.justOrEmpty(token.grantId())
			.flatMap(this.grants::find)
			.map((grant) -> !grant.hasEnded())
			.defaultIfEmpty(carries);
	}

	/** Its signature was verified when it was opened. */
	private static Map<String, Object> members(String verified) {
		try {
			Map<String, Object> claims = SignedJWT.parse(verified).getPayload().toJSONObject();
			Map<String, Object> members = new LinkedHashMap<>();
			members.put("active", true);
			CLAIMS.stream().filter(claims::containsKey).forEach((name) -> members.put(name, claims.get(name)));
			members.put("token_type", "Bearer");
			return members;
		}
		catch (ParseException ex) {
			throw new IllegalStateException("a token that was opened cannot be read", ex);
		}
	}

}
