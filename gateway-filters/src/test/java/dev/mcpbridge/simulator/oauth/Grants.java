package dev.mcpbridge.simulator.oauth;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import org.jspecify.annotations.Nullable;

/**
 * The grants and how they change; one change at a time.
 */
final class Grants {

	private static final Duration CODE_LIFETIME = Duration.ofMinutes(10);

	private final Map<String, Grant> grants = new ConcurrentHashMap<>();

	private final AtomicInteger refreshes = new AtomicInteger();

	private final AccessTokens tokens;

	private final OAuthSettings settings;

	private final InstantSource clock;

	private final RandomText random;

	Grants(AccessTokens tokens, OAuthSettings settings, InstantSource clock, RandomText random) {
		this.tokens = tokens;
		this.settings = settings;
		this.clock = clock;
		this.random = random;
	}

	/**
	 * Opens a grant.
	 * @return its authorization code
	 */
	synchronized String open(String person, AuthorizationRequest request) {
		String clientId = request.client().id();
		if (this.settings.revokesOthers()) {
			List.copyOf(this.grants.values())
				.stream()
				.filter((other) -> other.person().equals(person) && other.clientId().equals(clientId))
				.forEach(this::revoke);
		}
		String id = this.random.next(16);
		String code = person + ":" + id + ":" + this.random.next(32);
		this.grants.put(id, new Grant(person, id, clientId, request.scope(), new Grant.Code(code, request.challenge(),
				request.redirectUri(), this.clock.instant().plus(CODE_LIFETIME), false), null, null));
		return code;
	}

	/** Redeems a code; a second use ends what the first one got. */
	synchronized Issued redeem(String code, String clientId, String verifier, @Nullable String redirectUri) {
		Grant grant = find(code).filter((found) -> this.clock.instant().isBefore(found.code().expiresAt()))
			.orElseThrow(() -> Refusal.invalidGrant("Grant not found or authorization code expired"));
		if (!grant.code().value().equals(code)) {
			throw Refusal.invalidGrant("Invalid authorization code");
		}
		checkClient(grant, clientId);
		if (grant.code().used()) {
			revoke(grant);
			throw Refusal.invalidGrant("Authorization code already used");
		}
		if (redirectUri != null && !redirectUri.equals(grant.code().redirectUri())) {
			throw Refusal.invalidGrant("Invalid redirect URI");
		}
		if (!proves(verifier, grant.code().challenge())) {
			throw Refusal.invalidGrant("Invalid PKCE code_verifier");
		}
		return issued(grant.redeemed(grant.isRenewable() ? grant.token(this.random.next(32)) : null));
	}

	/**
	 * Renews a grant by its current refresh token, or by the one the rule still keeps.
	 */
	synchronized Issued refresh(String refreshToken, String clientId) {
		Grant grant = find(refreshToken).orElseThrow(() -> Refusal.invalidGrant("Grant not found"));
		if (!grant.isRenewedBy(refreshToken)) {
			throw this.settings.rotation().refusal();
		}
		checkClient(grant, clientId);
		this.refreshes.incrementAndGet();
		return issued(grant.rotated(grant.token(this.random.next(32)), this.settings.rotation().kept(refreshToken)));
	}

	/**
	 * Ends what a token stands for: one access token, or a grant with all of its tokens.
	 */
	synchronized void revoke(String token, String clientId) {
		find(token).filter((grant) -> grant.clientId().equals(clientId)).ifPresent((grant) -> {
			this.tokens.forget(token);
			if (grant.isRenewedBy(token)) {
				revoke(grant);
			}
		});
	}

	int refreshes() {
		return this.refreshes.get();
	}

	private Issued issued(Grant grant) {
		this.grants.put(grant.id(), grant);
		String access = this.tokens.issue(grant, this.random.next(32));
		String refresh = grant.current();
		if (refresh != null) {
			this.tokens.remember(refresh);
		}
		return new Issued(access, refresh, grant.scope());
	}

	private void revoke(Grant grant) {
		this.grants.remove(grant.id());
		this.tokens.forgetAllOf(grant.id());
	}

	private Optional<Grant> find(String token) {
		String[] parts = token.split(":", -1);
		if (parts.length != 3) {
			throw Refusal.invalidGrant("Invalid token format");
		}
		return Optional.ofNullable(this.grants.get(parts[1])).filter((grant) -> grant.person().equals(parts[0]));
	}

	private static void checkClient(Grant grant, String clientId) {
		if (!grant.clientId().equals(clientId)) {
			throw Refusal.invalidGrant("Client ID mismatch");
		}
	}

	private static boolean proves(String verifier, String challenge) {
		try {
			return CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier))
				.getValue()
				.equals(challenge);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * What one token request got.
	 */
	record Issued(String accessToken, @Nullable String refreshToken, String scope) {
	}

}
