package dev.mcpbridge.simulator.oauth;

import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.node.ObjectNode;

import dev.mcpbridge.simulator.oauth.Grants.Issued;
import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Call;
import dev.mcpbridge.simulator.wire.Json;

/**
 * Redeems codes and refresh tokens, and revokes, all at one address.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5">RFC 6749, section 5</a>
 */
final class TokenEndpoint {

	private final Clients clients;

	private final Grants grants;

	private final OAuthSettings settings;

	private final AtomicInteger revocations = new AtomicInteger();

	TokenEndpoint(Clients clients, Grants grants, OAuthSettings settings) {
		this.clients = clients;
		this.grants = grants;
		this.settings = settings;
	}

	Answer answer(Call call) {
		TokenForm form = TokenForm.of(call);
		Client client = form.authenticated(this.clients);
		if (form.isRevocation()) {
			this.revocations.incrementAndGet();
			this.grants.revoke(form.required("token", "Token parameter is required"), client.id());
			return Answer.empty(200);
		}
		return switch (form.field("grant_type").orElse("")) {
			case "authorization_code" -> answer(redeem(form, client));
			case "refresh_token" ->
				answer(this.grants.refresh(form.required("refresh_token", "Refresh token is required"), client.id()));
			default -> throw new Refusal(400, "unsupported_grant_type", "Grant type not supported");
		};
	}

	int revocations() {
		return this.revocations.get();
	}

	private Issued redeem(TokenForm form, Client client) {
		return this.grants.redeem(form.required("code", "Authorization code is required"), client.id(),
				form.required("code_verifier", "code_verifier is required for PKCE"),
				form.field("redirect_uri").orElse(null));
	}

	private Answer answer(Issued issued) {
		ObjectNode body = Json.object()
			.put("access_token", issued.accessToken())
			.put("token_type", "bearer")
			.put("expires_in", this.settings.tokenLifetime().toSeconds());
		if (issued.refreshToken() != null) {
			body.put("refresh_token", issued.refreshToken());
		}
		return Answer.json(200, body.put("scope", issued.scope())).with("cache-control", "no-store");
	}

}
