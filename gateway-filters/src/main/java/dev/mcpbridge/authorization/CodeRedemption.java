package dev.mcpbridge.authorization;

import java.net.URI;
import java.util.List;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.GrantListener.RevokedBy;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.refresh.GrantRevocation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Redeems authorization codes. A code is burned by its first use, right or wrong; a
 * second right use ends the grant, since somebody has stolen it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3">RFC 6749, section
 * 4.1.3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7636#section-4.6">RFC 7636, section
 * 4.6</a>
 */
final class CodeRedemption {

	private static final Log log = LogFactory.getLog(CodeRedemption.class);

	private final PendingCodes codes;

	private final Grants grants;

	private final GrantRevocation revocation;

	private final ResourceRule resources;

	private final TokenResponses responses;

	CodeRedemption(PendingCodes codes, Grants grants, GrantRevocation revocation, ResourceRule resources,
			TokenResponses responses) {
		this.codes = codes;
		this.grants = grants;
		this.revocation = revocation;
		this.resources = resources;
		this.responses = responses;
	}

	Mono<TokenResponse> redeem(String clientId, AuthorizationCodeGrant request, @Nullable List<URI> resource) {
		PendingCodes.Code code = this.codes.open(request.getAuthorizationCode().getValue()).orElse(null);
		if (code == null || this.codes.isOver(code)) {
			return Mono.error(TokenRefusal.ofCode((code == null) ? RefusalReason.UNREADABLE : RefusalReason.EXPIRED));
		}
		boolean proven = isProven(code, request);
		return this.codes.burn(code)
			.switchIfEmpty(Mono.defer(() -> replayed(code, proven)))
			.flatMap((grant) -> accept(grant, clientId, proven, resource));
	}

	private Mono<TokenResponse> accept(Grant grant, String clientId, boolean proven, @Nullable List<URI> resource) {
		boolean own = grant.clientId().equals(clientId);
		if (!proven || !own) {
			return Mono.error(TokenRefusal.ofCode(own ? RefusalReason.UNPROVEN : RefusalReason.FOREIGN));
		}
		this.resources.check(grant, resource);
		return this.grants.create(grant).flatMap(this.responses::first);
	}

	private Mono<Grant> replayed(PendingCodes.Code code, boolean proven) {
		return (proven ? this.revocation.revoke(code.grantId(), RevokedBy.CODE_REPLAY) : Mono.just(false))
			.flatMap((revoked) -> {
				if (revoked) {
					log.warn("grant ended reason=code_replayed");
				}
				return Mono.error(TokenRefusal.ofCode(RefusalReason.REPLAYED));
			});
	}

	private static boolean isProven(PendingCodes.Code code, AuthorizationCodeGrant request) {
		CodeVerifier verifier = request.getCodeVerifier();
		boolean sameRedirect = request.getRedirectionURI() == null
				|| request.getRedirectionURI().toString().equals(code.redirectUri());
		return verifier != null && sameRedirect
				&& CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue().equals(code.challenge());
	}

}
